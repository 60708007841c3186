import { account } from "./account.ts";
import { agent } from "./agent.ts";
import { ask } from "./ask.ts";
import { bill } from "./bill.ts";
import { greeting } from "./greeting.ts";
import { hands } from "./hands.ts";
import { labels } from "./labels.ts";
import { operator, operatorLabels } from "./operator.ts";
import { payment } from "./payment.ts";
import { pin } from "./pin.ts";
import { relay } from "./relay.ts";

export const id = {
  ...greeting,
  ...ask,
  ...bill,
  ...payment,
  ...labels,
  ...agent,
  ...account,
  ...pin,
  ...operator,
  ...operatorLabels,
  ...relay,
  ...hands,
};
