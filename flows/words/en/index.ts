import type { id } from "../id/index.ts";
import { ask } from "./ask.ts";
import { bill } from "./bill.ts";
import { greeting } from "./greeting.ts";
import { labels } from "./labels.ts";
import { payment } from "./payment.ts";

/** Every key of the Indonesian words, with the same values: the compiler says which one has no English yet. */
export const en: typeof id = { ...greeting, ...ask, ...bill, ...payment, ...labels };
