/*
 * Which province a plate's prefix belongs to (Kemendagri numbers). Perpol 7/2021, as CPAN Business-ID-VehiclePlate
 * 0.002, npm nusantara-valid 0.4.2 and the press print its annex; the letters behind a B number from navi.id, which
 * other lists contradict only within Banten. A hint for picking the region, never a block: the biller's answer decides.
 * Diplomatic, military and state plates (CC, CD, RI, ZZ) are not taxed here and are left out.
 */

const BY_PROVINCE: Readonly<Record<string, string>> = {
  "11": "BL",
  "12": "BB BK",
  "13": "BA",
  "14": "BM",
  "15": "BH",
  "16": "BG",
  "17": "BD",
  "18": "BE",
  "19": "BN",
  "21": "BP",
  "32": "D E F T Z",
  "33": "G H K R AA AD",
  "34": "AB",
  "35": "L M N P S W AE AG",
  "36": "A",
  "51": "DK",
  "52": "DR EA",
  "53": "DH EB ED",
  "61": "KB",
  "62": "KH",
  "63": "DA",
  "64": "KT",
  "65": "KU",
  "71": "DB DL",
  "72": "DN",
  "73": "DD DP DW",
  "74": "DT",
  "75": "DM",
  "76": "DC",
  "81": "DE",
  "82": "DG",
};

/** The provinces that were split off in 2022 went on with the plates of the old ones; their own are not verified. */
const PAPUA: readonly (readonly [string, readonly string[]])[] = [
  ["PA", ["91", "93", "94", "95"]],
  ["PB", ["92", "96"]],
];

/** Prefix to the numbers of its provinces. B is not in it: see B_PROVINCES. */
export const PLATE_PROVINCES: ReadonlyMap<string, readonly string[]> = new Map([
  ...Object.entries(BY_PROVINCE).flatMap(([code, prefixes]) =>
    prefixes.split(" ").map((prefix): [string, readonly string[]] => [prefix, [code]]),
  ),
  ...PAPUA,
]);

/** B is the plate of the Jakarta police, which reaches into West Java (Depok, Bekasi) and Banten (Tangerang). */
export const B_PROVINCES: readonly string[] = ["31", "32", "36"];

/** The first letter behind a B number to its province. */
export const B_LETTERS: ReadonlyMap<string, string> = new Map([
  ...[..."BHPSDTRU"].map((letter): [string, string] => [letter, "31"]),
  ...[..."EZKF"].map((letter): [string, string] => [letter, "32"]),
  ...[..."CVWNGJ"].map((letter): [string, string] => [letter, "36"]),
]);
