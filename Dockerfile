# Builds with everything, keeps what runs. No compiler is needed in either stage: the native packages bring binaries.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY flows ./flows
COPY src ./src
RUN npm run build

FROM node:20-bookworm-slim
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force
COPY --from=build /app/dist ./dist
RUN mkdir /data && chown node:node /data && chmod 700 /data

USER node
# All that must not be lost: the database, its key, its counter of payments.
VOLUME /data
ENV NODE_ENV=production \
    DATABASE_URL=sqlite:/data/loket.db \
    HOST=0.0.0.0 \
    PORT=3000
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

# The file that `bin` names, with no shell and no npm before it, so that SIGTERM arrives. A payment that is under way may
# take 75 seconds: stop with `docker stop -t 90`.
ENTRYPOINT ["node", "dist/src/cli.js"]
CMD ["start"]
