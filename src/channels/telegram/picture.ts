import type { Clock } from "../../clock.ts";
import type { Fetched } from "../channel.ts";
import { download } from "../download.ts";
import { type BotApi, reasonOf } from "./api.ts";

export interface PictureTools {
  readonly api: BotApi;
  readonly token: string;
  /** Another Bot API server than Telegram's own. */
  readonly apiRoot?: string;
  readonly clock: Clock;
}

const TELEGRAM = "https://api.telegram.org";
/** For the question where it lies, and for the file, ms each. */
const PATIENCE = 10_000;

/** A picture by the `file_id` that an update named: the same bot may have it again, and with it each of our processes. */
export function pictureOf({ api, token, apiRoot = TELEGRAM, clock }: PictureTools) {
  return async (fileId: string, limit: number): Promise<Fetched> => {
    const answer = await api.call("getFile", { file_id: fileId }, { ms: PATIENCE });
    if (!answer.ok) {
      const { fault } = answer;
      const never = fault.kind === "refused" && fault.code === 400;
      return { kind: never ? "gone" : "retry", reason: reasonOf(fault) };
    }
    const { file_path: path = "", file_size: size = 0 } = answer.result;
    if (size > limit) return { kind: "gone", reason: "it is too big" };
    // A Bot API server of one's own may name a file of its machine instead.
    if (path === "" || path.startsWith("/")) return { kind: "gone", reason: "Telegram names no address of it" };
    return download({ url: new URL(`${apiRoot}/file/bot${token}/${path}`), limit, ms: PATIENCE, clock });
  };
}
