import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { fieldsIn } from "../../src/conversation/fields.ts";
import { vehiclesIn } from "../../src/conversation/vehicles.ts";
import { REGIONS } from "../fakes/flow-chat.ts";

const NIKS = ["3204123108900001", "3204123108900002", "3204123108900003"] as const;
const CHASSIS = ["MH1JFZ110HK200001", "MH1JFZ110HK200002", "MH1JFZ110HK200003"] as const;

/** The vehicles of a message in short: `item NIK-end chassis-end plate`. */
function seen(text: string): readonly string[] {
  return (vehiclesIn(text, REGIONS)?.vehicles ?? []).map(({ item, nik, chassis, plate = "-" }) => {
    return `${item} ${nik.slice(-2)} ${chassis.slice(-2)} ${plate}`;
  });
}

const ALL = ["1 01 01 F 1 A", "2 02 02 F 2 B", "3 03 03 F 3 C"];

describe("three vehicles", () => {
  it.each([
    ["one a line", `${NIKS[0]} ${CHASSIS[0]} F 1 A\n${NIKS[1]} ${CHASSIS[1]} F 2 B\n${NIKS[2]} ${CHASSIS[2]} F 3 C`],
    [
      "the plate first",
      `F 1 A ${NIKS[0]} ${CHASSIS[0]}\nF 2 B ${NIKS[1]} ${CHASSIS[1]}\nF 3 C ${CHASSIS[2]} ${NIKS[2]}`,
    ],
    [
      "a number a line",
      `${NIKS[0]}\n${CHASSIS[0]}\nF 1 A\n${NIKS[1]}\n${CHASSIS[1]}\nF 2 B\n${NIKS[2]}\n${CHASSIS[2]}\nF 3 C`,
    ],
    [
      "under their plates, with blank lines",
      `F 1 A\nNIK: ${NIKS[0]}\nRangka: ${CHASSIS[0]}\n\nF 2 B\nNIK: ${NIKS[1]}\nRangka: ${CHASSIS[1]}\n\nF 3 C\nNIK: ${NIKS[2]}\nRangka: ${CHASSIS[2]}`,
    ],
    [
      "numbered, with names and thanks",
      `Assalamualaikum pak, titip ya\n1. Siti Aminah\nktp ${NIKS[0]}\nno rangka ${CHASSIS[0]}\nplat F 1 A\n2) Pak Jono ${NIKS[1]} / ${CHASSIS[1]} / F-2-B\n(3) ${CHASSIS[2]}, ${NIKS[2]}, f 3 c\nTerima kasih banyak pak`,
    ],
    [
      "with engine and phone numbers between",
      `${NIKS[0]} ${CHASSIS[0]} no mesin JFZ1E1234567 F 1 A hp 0812-3456-7890\n${NIKS[1]} ${CHASSIS[1]} F 2 B +62 812 3456 7890\n${NIKS[2]} ${CHASSIS[2]} mesin: JFZ1E7654321 F 3 C`,
    ],
    [
      "in groups",
      `${NIKS[0].replace(/(.{4})/g, "$1 ").trim()} MH1J FZ11 0HK2 0000 1 F 1 A\n${NIKS[1]} MH1J-FZ11-0HK2-0000-2 F 2 B\n3204.1231.0890.0003 ${CHASSIS[2]} F 3 C`,
    ],
    [
      "one after the other",
      `${NIKS[0]} ${CHASSIS[0]} F 1 A, ${NIKS[1]} ${CHASSIS[1]} F 2 B, ${NIKS[2]} ${CHASSIS[2]} F 3 C`,
    ],
  ])("%s", (_, text) => {
    expect(seen(text)).toEqual(ALL);
    expect(vehiclesIn(text, REGIONS)?.unread).toEqual([]);
  });
});

describe("a region", () => {
  const two = `1. ${NIKS[0]} ${CHASSIS[0]}\n2. ${NIKS[1]} ${CHASSIS[1]}`;
  const products = (text: string) => vehiclesIn(text, REGIONS)?.vehicles.map(({ region }) => region?.product);

  it("above the list, or named as one, is every vehicle's", () => {
    expect(products(`Jawa Barat\n${two}`)).toEqual(["SAMSAT_JABAR", "SAMSAT_JABAR"]);
    expect(products(`${two}\nwilayah: Jawa Tengah`)).toEqual(["SAMSAT_JATENG", "SAMSAT_JATENG"]);
  });

  it("named in one row is that row's, be it among its words, in a column or in a line of its own", () => {
    const [a, b] = [`${NIKS[0]} ${CHASSIS[0]}`, `${NIKS[1]} ${CHASSIS[1]}`];
    for (const text of [
      `1. ${a}\n2. ${b} Jawa Tengah`,
      `1. ${a}\n2. ${b} (wilayah: jawa tengah)`,
      `${a}\n${b} / Jateng`,
      `1. Siti\n${a}\n2. Jono\n${b}\nJawa Tengah`,
      `1. ${a}\n2. ${b} Kab. Semarang`,
    ]) {
      expect(products(text), text).toEqual([undefined, "SAMSAT_JATENG"]);
    }
    expect(products(`wilayah jawa barat semua\n1. ${a}\n2. ${b}, Jawa Tengah`)).toEqual([
      "SAMSAT_JABAR",
      "SAMSAT_JATENG",
    ]);
    expect(products(`1. ${a} (pak Budi)\n2. ${b} bu Siti`)).toEqual([undefined, undefined]);
  });

  it("is told by a plate, vehicle by vehicle", () => {
    expect(products(`1. ${NIKS[0]} ${CHASSIS[0]} F 1 A\n2. ${NIKS[1]} ${CHASSIS[1]}`)).toEqual([
      "SAMSAT_JABAR",
      undefined,
    ]);
  });
});

it.each([
  ["MH1S BXLANCARX0304", "MH1SBXLANCARX0304"],
  ["mh1s-bxlancarx0304", "MH1SBXLANCARX0304"],
  ["MHF M1BA3J EK012345", "MHFM1BA3JEK012345"],
  ["Budi BXLANCARX0304", "BXLANCARX0304"],
  ["th 2010 BXLANCARX0304", "BXLANCARX0304"],
  ["F1234AB BXLANC0304", "BXLANC0304"],
])("a chassis number in pieces in a row: %s is %s", (typed, chassis) => {
  const text = `1. ${NIKS[0]} ${typed}\n2. ${NIKS[1]} ${CHASSIS[1]}`;
  expect(vehiclesIn(text, REGIONS)?.vehicles.map((one) => one.chassis)).toEqual([chassis, CHASSIS[1]]);
  const alone = fieldsIn(`Jawa Barat ${NIKS[0]} ${typed}`, REGIONS);
  expect(alone?.chassis).toMatchObject({ kind: "chassis", chassis });
});

describe("what is not whole", () => {
  const unread = (text: string) => vehiclesIn(text, REGIONS)?.unread.map(({ item, why }) => `${item} ${why}`);

  it("is named with its place and its reason", () => {
    expect(
      unread(
        `1. ${NIKS[0]}\n2. ${CHASSIS[1]}\n3. ${NIKS[2]} ${CHASSIS[2]}\n4. 320412310890001 MH1JFZ110HK200009\n5. besok saja`,
      ),
    ).toEqual(["1 no-chassis", "2 no-nik", "4 nik-length", "5 unread"]);
  });

  it("is never joined from two items of a list", () => {
    expect(seen(`1. ${NIKS[0]}\n2. ${CHASSIS[1]}\n3. ${NIKS[2]} ${CHASSIS[2]}`)).toEqual(["3 03 03 -"]);
  });

  it("shows no whole NIK", () => {
    const found = vehiclesIn(`1. ${NIKS[0]}\n2. 3204 1231 0890 0002\n3. ${NIKS[2]}`, REGIONS);
    expect(JSON.stringify(found?.unread)).not.toMatch(/\d{7}/);
    expect(found?.unread).toHaveLength(3);
  });
});

test("one vehicle, or none, is no list", () => {
  for (const text of [
    `1. NIK ${NIKS[0]}\n2. rangka ${CHASSIS[0]}`,
    "",
    "halo",
    `${NIKS[0]} ${CHASSIS[0]}`,
    `NIK ${NIKS[0]}\nrangka ${CHASSIS[0]}\nF 1 A`,
    CHASSIS[0],
  ]) {
    expect(vehiclesIn(text, REGIONS), text).toBeUndefined();
  }
});

test("no text throws, and every item is a vehicle or named, once", () => {
  const bit = fc.constantFrom(
    ...NIKS,
    ...CHASSIS,
    "F 1 A",
    "\n",
    "\n\n",
    "1. ",
    "2) ",
    "(3) ",
    "nik",
    "rangka",
    "pak",
    "0812345678901",
    "MH1",
    ",",
  );
  const text = fc.oneof(
    fc.string({ maxLength: 300 }),
    fc.array(bit, { maxLength: 60 }).map((bits) => bits.join(" ")),
  );
  fc.assert(
    fc.property(text, (typed) => {
      const found = vehiclesIn(typed, REGIONS);
      if (found === undefined) return;
      const items = [...found.vehicles, ...found.unread].map(({ item }) => item);
      expect(new Set(items).size).toBe(items.length);
      const chassis = found.vehicles.map((vehicle) => vehicle.chassis);
      expect(new Set(chassis).size).toBe(chassis.length);
      for (const { text: shown } of found.unread) expect(shown).not.toMatch(/\d{7}/);
    }),
    { numRuns: 2000 },
  );
});
