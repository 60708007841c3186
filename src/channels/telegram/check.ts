import { systemClock } from "../../clock.ts";
import { botApi, reasonOf } from "./api.ts";

const PATIENCE = 10_000;

/** Whether Telegram takes this token, in a sentence for the operator that says what to do. */
export async function checkToken(
  token: string,
  apiRoot: string | undefined,
): Promise<{ readonly well: boolean; readonly says: string }> {
  const api = botApi({ token, clock: systemClock, ...(apiRoot === undefined ? {} : { apiRoot }) });
  const answer = await api.call("getMe", {}, { ms: PATIENCE });
  if (answer.ok) return { well: true, says: `Telegram takes the token of @${answer.result.username}` };
  const { fault } = answer;
  if (fault.kind === "refused" && (fault.code === 401 || fault.code === 404)) {
    return { well: false, says: "Telegram refuses the token: copy it again from @BotFather into TELEGRAM_BOT_TOKEN" };
  }
  return {
    well: false,
    says: `Telegram was not reached (${reasonOf(fault)}): check TELEGRAM_API_ROOT and the way to the internet`,
  };
}
