import type { Chassis } from "../../src/domain/chassis.ts";
import { keepNik, type Nik, readNik } from "../../src/domain/nik.ts";
import type { UserEvent } from "../flow.ts";
import type { Context, Doubt } from "./context.ts";

type Answer = Extract<UserEvent, { type: "doubt" }>["answer"];

/** Whether the doubt that is asked can be settled like this: what was typed is never changed by TETAP. */
export function answersDoubt(context: Context, answer: Answer): boolean {
  switch (context.doubts[0]?.about) {
    case undefined:
      return false;
    case "nik-letters":
      return answer !== "keep";
    case "chassis-letters":
      return true;
    default:
      return answer !== "fix";
  }
}

/** Settles the doubt that was asked. */
export function settleDoubt(context: Context, answer: Answer): Context {
  const [doubt, ...rest] = context.doubts;
  if (doubt === undefined) return context;
  const next = { ...context, doubts: rest, doubtNumber: context.doubtNumber + 1, overlay: undefined };
  if (answer === "retype") return next;
  switch (doubt.about) {
    case "nik-letters":
      return afterNik(next, doubt.fixed);
    case "nik-joined":
      return afterNik(next, doubt.typed);
    case "nik-unusual":
      return { ...next, answers: { ...next.answers, nik: doubt.typed }, consented: true };
    case "chassis-letters":
      return afterLetters(next, answer === "fix" ? doubt.fixed : doubt.typed);
    case "chassis-length":
      return { ...next, answers: { ...next.answers, chassis: doubt.typed } };
  }
}

/** The digits are settled; an unusual structure is the next doubt. */
function afterNik(context: Context, nik: Nik): Context {
  const reading = readNik(nik);
  const doubt: Doubt = { about: "nik-unusual", typed: nik };
  if (reading.kind === "nik" && reading.unusual) return { ...context, doubts: [doubt, ...context.doubts] };
  return { ...context, answers: { ...context.answers, nik }, consented: true };
}

/** The letters are settled; a length other than 17 is the next doubt. */
function afterLetters(context: Context, chassis: Chassis): Context {
  if (chassis.length === 17) return { ...context, answers: { ...context.answers, chassis } };
  const length: Doubt = { about: "chassis-length", typed: chassis, count: chassis.length };
  return { ...context, doubts: [length, ...context.doubts] };
}

/** TETAP at the NIK: 15 digits are taken as they are. */
export function keepPiece(context: Context): Context | undefined {
  const nik = context.nikPiece === undefined ? undefined : keepNik(context.nikPiece);
  if (nik === undefined) return undefined;
  return { ...context, answers: { ...context.answers, nik }, nikPiece: undefined, retry: undefined, consented: true };
}
