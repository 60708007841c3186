import { ask } from "./ask.ts";
import { bill } from "./bill.ts";
import { greeting } from "./greeting.ts";
import { labels } from "./labels.ts";
import { payment } from "./payment.ts";

export const id = { ...greeting, ...ask, ...bill, ...payment, ...labels };
