import type { Notice } from "../../domain/notice.ts";
import type { PaymentRef } from "../../domain/ref.ts";
import type { RequestRef } from "../../domain/staff.ts";
import type { Letter, News } from "../../payments/ledger.ts";
import type { OwedNotice } from "../../payments/payment.ts";
import type { Sealer } from "../sealing.ts";

/** What somebody is owed, as both databases keep it. */
export interface NoticeRow {
  readonly id: string;
  readonly ref: PaymentRef | null;
  readonly request: RequestRef | null;
  readonly chat: OwedNotice["to"];
  readonly language: OwedNotice["language"];
  readonly notice: string;
  readonly written_at: number;
  readonly told_at: number | null;
}

/** `id`: of the change that it tells of, so that a notice has the same id however often it is handed over. */
export interface Source {
  readonly id: string;
  readonly ref?: PaymentRef;
  readonly request?: RequestRef;
}

export type NewNoticeRow = Omit<NoticeRow, "told_at">;

export function newNoticeRows(letters: readonly Letter[], of: Source, at: number, sealer: Sealer): NewNoticeRow[] {
  return letters.map(({ to, language, notice }, place) => {
    const id = `${of.id}.${place}`;
    const sealed = sealer.seal(JSON.stringify(notice), about(id));
    return { id, ref: of.ref ?? null, request: of.request ?? null, chat: to, language, notice: sealed, written_at: at };
  });
}

export function noticeOf({ id, ref, request, chat, language, notice, written_at }: NoticeRow, sealer: Sealer) {
  const read = JSON.parse(sealer.open(notice, about(id))) as Notice;
  const of = { ref: ref ?? undefined, request: request ?? undefined };
  return { id, ...of, to: chat, language, notice: read, writtenAt: written_at } satisfies OwedNotice;
}

export function newsOf(row: NoticeRow, sealer: Sealer): News {
  return { ...noticeOf(row, sealer), toldAt: row.told_at ?? undefined };
}

function about(id: string): string {
  return `notices:${id}`;
}
