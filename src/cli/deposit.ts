import { Command } from "commander";
import { type Rupiah, showRupiah } from "../domain/rupiah.ts";
import { bookDeposit, type DepositBooking } from "../payments/deposit/booking.ts";
import { type Deposit, readDeposit } from "../payments/deposit/state.ts";
import { operatorName } from "./settings.ts";
import { refuse } from "./staff.ts";
import { type Tools, withTools } from "./tools.ts";
import { correction, topUpSum, words } from "./typed.ts";

interface Flags {
  readonly json?: true;
  readonly again?: true;
}

const NOTE = words(200);

/** `npx loket deposit`: what the counter believes it has at the biller. Safe while the counter runs. */
export function depositCommand(): Command {
  const deposit = new Command("deposit").description("what the counter believes it has at the biller");
  deposit
    .command("show", { isDefault: true })
    .description("the sum, what is under way, and for about how many bills it lasts")
    .option("--json", "as JSON")
    .action((flags: Flags) => withTools((tools) => show(tools, flags)));
  deposit
    .command("start")
    .argument("<sum>", "what is there now, as the biller shows it: 5000000, 5.000.000 or Rp5.000.000", topUpSum)
    .description("the sum to start from, once: from then on it is reckoned")
    .option("--json", "as JSON")
    .action((amount: Rupiah, flags: Flags) => booked({ what: "start", amount, why: "" }, flags));
  deposit
    .command("topup")
    .argument("<sum>", "what you have paid in at the biller", topUpSum)
    .allowUnknownOption()
    .description("adds to it")
    .option("--ref <words>", "the transfer's reference", NOTE)
    .option("--again", "it is another one, though the same sum was booked within the last minute")
    .option("--json", "as JSON")
    .action((amount: Rupiah, { ref = "", ...flags }: Flags & { readonly ref?: string }) =>
      booked({ what: "top-up", amount, why: ref }, flags),
    );
  deposit
    .command("adjust")
    .argument("<sum>", "what it is off by: 5000, or -5000 when the biller shows less", correction)
    .allowUnknownOption()
    .description("corrects a difference to what the biller shows")
    .requiredOption("--why <words>", "why: it is kept beside it", NOTE)
    .option("--again", "it is another one, though the same sum was booked within the last minute")
    .option("--json", "as JSON")
    .action((amount: Rupiah, { why, ...flags }: Flags & { readonly why: string }) =>
      booked({ what: "adjustment", amount, why }, flags),
    );
  return deposit;
}

async function show({ ledger, config }: Tools, { json }: Flags): Promise<number> {
  const { depositFloor: floor } = config;
  const deposit = await readDeposit(ledger, floor);
  console.log(json ? JSON.stringify({ ...deposit, floor }, null, 2) : textOf(deposit, floor));
  return 0;
}

function booked(booking: Omit<DepositBooking, "by" | "again">, flags: Flags): Promise<void> {
  return withTools(async (tools) => {
    const again = flags.again === true;
    const done = await bookDeposit(tools, { ...booking, by: operatorName(), again }, tools.clock.now());
    switch (done.kind) {
      case "booked":
        return show(tools, flags);
      case "started":
        return refuse(
          "There is a sum to start from already. What you have paid in since: npx loket deposit topup; a difference: npx loket deposit adjust. Nothing was done.",
        );
      case "not-started":
        return refuse("There is no sum to start from yet. First: npx loket deposit start SUM. Nothing was done.");
      case "twice":
        return refuse(
          `${showRupiah(booking.amount)} was booked less than a minute ago, so nothing was done now. If it is another one: --again`,
        );
    }
  });
}

function textOf({ started, sum, underWay, average, bills, room }: Deposit, floor: Rupiah | undefined): string {
  if (!started) return "It is not known. Say what the biller shows now: npx loket deposit start SUM";
  const about = average === undefined ? "" : `, about ${bills ?? 0} bills of ${showRupiah(average)}`;
  const ends = floor === undefined ? "nothing (DEPOSIT_FLOOR is not set)" : showRupiah(floor);
  const paused = room !== undefined && room <= 0 ? "\nSales pause now." : "";
  return [
    `Deposit at the biller: ${showRupiah(sum)}${about}`,
    `Under way: ${showRupiah(underWay)}`,
    `Sales pause below ${ends}.${paused}`,
  ].join("\n");
}
