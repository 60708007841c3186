import { createServer } from "node:http";
import { writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { tinyPdf } from "../test/fakes/tiny-files.ts";
const csps: Record<string,string> = {
  none: "",
  strict: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'",
  trusted: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  object: "default-src 'none'; object-src 'self' blob:; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'",
};
let csp = "";
const s = createServer((q, r) => {
  if (csp) r.setHeader("content-security-policy", csp);
  if (q.url === "/a.js") { r.setHeader("content-type","text/javascript"); r.end(`fetch('/f.pdf').then(r=>r.arrayBuffer()).then(b=>{const a=document.createElement('a');a.href=URL.createObjectURL(new Blob([b],{type:'application/pdf'}));a.target='_blank';a.rel='noopener';a.textContent='open';document.body.append(a)})`); return; }
  if (q.url === "/f.pdf") { r.setHeader("content-type","application/pdf"); r.end(tinyPdf("HELLO PDF")); return; }
  r.setHeader("content-type","text/html"); r.end("<!doctype html><body><script src=/a.js></script>");
}).listen(0, "127.0.0.1");
await new Promise(r => s.once("listening", r));
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: ["--no-sandbox","--disable-gpu","--disable-quic","--headless=new"] });
for (const [n, c] of Object.entries(csps)) {
  csp = c;
  const p = await (await b.newContext()).newPage();
  await p.goto(`http://127.0.0.1:${(s.address() as any).port}/`);
  const [pop] = await Promise.all([p.waitForEvent("popup"), p.getByText("open").click()]);
  pop.on("console", (m) => console.log(n, m.text()));
  await pop.waitForTimeout(4000);
  console.log(n, await pop.evaluate(() => document.documentElement.outerHTML.slice(0, 400)).catch(e => e.message), pop.frames().map(f=>f.url()));
  await pop.screenshot({ path: `/tmp/pdf-${n}.png` });
}
await b.close(); s.close();
