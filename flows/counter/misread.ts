import { readPlace } from "../../src/domain/place.ts";
import { clean } from "../../src/domain/text.ts";
import type { Say, UserEvent, World } from "../flow.ts";
import { type Part, part, speak } from "../words/words.ts";
import type { Context } from "./context.ts";
import { asking, type Place, saying } from "./questions.ts";
import { hint, notUnderstood } from "./silence.ts";

/** What to type instead of a picture or a voice note. */
function instead(context: Context, world: World): Part {
  switch (world.place) {
    case "idle":
      return context.greeted ? part("type_words", {}) : part("type_region", {});
    case "region":
    case "closed":
      return part("type_region", {});
    case "nik":
      return part("type_nik", {});
    case "chassis":
      return part("type_chassis", {});
    case "doubt":
      return context.doubts[0]?.about.startsWith("nik") ? part("type_nik", {}) : part("type_chassis", {});
    case "human":
      return part("type_human", {});
    default:
      return part("type_words", {});
  }
}

type Media = Extract<UserEvent, { type: "media" }>["media"];

/** M14: that it cannot be read, and what to type instead. */
export function mediaPart(context: Context, world: World, media: Media): Part {
  const { contact, hours } = world.policy;
  if (media === "call") return part("media_call", { contact, hours: hours.text });
  const key = { voice: "media_voice", photo: "media_photo", other: "media_other" } as const;
  return part(key[media], { asked: speak(instead(context, world), context.language, { style: world.style }) });
}

export function mediaSay(context: Context, world: World, media: Media): Say {
  const said = mediaPart(context, world, media);
  return media === "call" || world.place === "human" ? saying(said) : corrects([said], context, world);
}

/**
 * The answer to a message that was meant for the open question and is nothing that fits it. At a field one sentence
 * says both what is wrong and what is asked; elsewhere the question is asked again.
 */
export function nonsense(context: Context, world: World, text: string): Say {
  const place = world.place as Place;
  if (context.overlay !== undefined) return asking(place, context, world, notUnderstood(context));
  const absent = absentPart(text);
  switch (place) {
    case "region":
      if (world.regions.length === 0) return asking(place, context, world);
      if (absent?.key === "plate_absent") return asking(place, context, world, [absent, ...hint(context)]);
      return corrects([absent ?? unknownRegion(text), ...hint(context)], context, world);
    case "closed":
      return asking(place, context, world, absent === undefined ? notUnderstood(context) : [absent, ...hint(context)]);
    case "nik":
      return corrects([part("nik_none", {}), ...hint(context)], context, world);
    case "chassis":
      return corrects([part("chassis_none", {}), ...hint(context)], context, world);
    default:
      return asking(place, context, world, notUnderstood(context));
  }
}

/** A place that we know and the biller does not list is named. A plate of several provinces names none of them. */
function absentPart(text: string): Part | undefined {
  const { provinces = [], prefix } = readPlace(text) ?? {};
  const [province, ...others] = provinces;
  if (province === undefined) return undefined;
  if (others.length === 0) return part("region_absent", { region: province.name });
  return prefix === undefined ? undefined : part("plate_absent", { prefix });
}

/** What may be a number of a card is not repeated. */
function unknownRegion(text: string): Part {
  const typed = /\d{7}/.test(text) ? "" : clean(text, 40);
  return typed === "" ? part("region_none", {}) : part("region_unknown", { typed });
}

/** A sentence that asks by itself: the choices of the open question stay beside it. */
export function corrects(parts: readonly Part[], context: Context, world: World): Say {
  return { ...asking(world.place as Place, context, world), parts, tail: [] };
}

/** A field that was typed and does not fit: how much is missing, or the question again. */
export function unfit(parts: readonly Part[], context: Context, world: World): Say {
  return parts.length > 0
    ? corrects([...parts, ...hint(context)], context, world)
    : asking(world.place as Place, context, world, notUnderstood(context));
}

/** Where the chassis number stands, and then the open question; at the chassis number that is the same in short. */
export function whereChassisSay(context: Context, world: World): Say {
  const said = part("where_chassis", {});
  const open = asking(world.place as Place, context, world, [said]);
  return world.place === "chassis" ? { ...open, parts: [said, part("type_chassis", {})] } : open;
}
