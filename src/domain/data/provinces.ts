/*
 * The 38 provinces, as Kemendagri numbers them (a NIK opens with this number; BPS numbers Papua otherwise, do not mix).
 * Numbers: the province and regency lists of npm idn-area-data 4.0.1, compared with the press's list of August 2023 and
 * with npm nik-parse 1.0.0. Time zones: the three of Keppres 41/1987. Labels are short enough for a Telegram button
 * that also says "(tutup)".
 */

export type Zone = "WIB" | "WITA" | "WIT";

export interface Province {
  /** Two digits, Kemendagri. */
  readonly code: string;
  readonly name: string;
  /** At most 12 characters. */
  readonly label: string;
  readonly english: string;
  /** Behind `SAMSAT_` in the biller's product code: known for JABAR, JATENG, JAKARTA and JATIM, probable for the others. */
  readonly product: string;
  readonly zone: Zone;
  /** Other names that people use, lower case. */
  readonly aliases: readonly string[];
}

type Row = readonly [code: string, name: string, label: string, english: string, product: string, zone: Zone, aliases: string];

const ROWS: readonly Row[] = [
  ["11", "Aceh", "Aceh", "Aceh", "ACEH", "WIB", "nad, nanggroe aceh darussalam"],
  ["12", "Sumatera Utara", "Sumut", "North Sumatra", "SUMUT", "WIB", ""],
  ["13", "Sumatera Barat", "Sumbar", "West Sumatra", "SUMBAR", "WIB", "minangkabau"],
  ["14", "Riau", "Riau", "Riau", "RIAU", "WIB", ""],
  ["15", "Jambi", "Jambi", "Jambi", "JAMBI", "WIB", ""],
  ["16", "Sumatera Selatan", "Sumsel", "South Sumatra", "SUMSEL", "WIB", ""],
  ["17", "Bengkulu", "Bengkulu", "Bengkulu", "BENGKULU", "WIB", ""],
  ["18", "Lampung", "Lampung", "Lampung", "LAMPUNG", "WIB", ""],
  ["19", "Kepulauan Bangka Belitung", "Babel", "Bangka Belitung Islands", "BABEL", "WIB", "bangka belitung"],
  ["21", "Kepulauan Riau", "Kepri", "Riau Islands", "KEPRI", "WIB", "kep riau"],
  ["31", "DKI Jakarta", "Jakarta", "Special Capital Region of Jakarta", "JAKARTA", "WIB", "dki, dkj, jakarta, daerah khusus jakarta"],
  ["32", "Jawa Barat", "Jawa Barat", "West Java", "JABAR", "WIB", ""],
  ["33", "Jawa Tengah", "Jawa Tengah", "Central Java", "JATENG", "WIB", ""],
  [
    "34",
    "DI Yogyakarta",
    "Yogyakarta",
    "Special Region of Yogyakarta",
    "DIY",
    "WIB",
    "yogyakarta, d i yogyakarta, daerah istimewa yogyakarta, jogjakarta, jogja, yogya",
  ],
  ["35", "Jawa Timur", "Jawa Timur", "East Java", "JATIM", "WIB", ""],
  ["36", "Banten", "Banten", "Banten", "BANTEN", "WIB", ""],
  ["51", "Bali", "Bali", "Bali", "BALI", "WITA", ""],
  ["52", "Nusa Tenggara Barat", "NTB", "West Nusa Tenggara", "NTB", "WITA", ""],
  ["53", "Nusa Tenggara Timur", "NTT", "East Nusa Tenggara", "NTT", "WITA", ""],
  ["61", "Kalimantan Barat", "Kalbar", "West Kalimantan", "KALBAR", "WIB", "west borneo"],
  ["62", "Kalimantan Tengah", "Kalteng", "Central Kalimantan", "KALTENG", "WIB", ""],
  ["63", "Kalimantan Selatan", "Kalsel", "South Kalimantan", "KALSEL", "WITA", ""],
  ["64", "Kalimantan Timur", "Kaltim", "East Kalimantan", "KALTIM", "WITA", ""],
  ["65", "Kalimantan Utara", "Kaltara", "North Kalimantan", "KALTARA", "WITA", "kalut"],
  ["71", "Sulawesi Utara", "Sulut", "North Sulawesi", "SULUT", "WITA", ""],
  ["72", "Sulawesi Tengah", "Sulteng", "Central Sulawesi", "SULTENG", "WITA", ""],
  ["73", "Sulawesi Selatan", "Sulsel", "South Sulawesi", "SULSEL", "WITA", ""],
  ["74", "Sulawesi Tenggara", "Sultra", "Southeast Sulawesi", "SULTRA", "WITA", ""],
  ["75", "Gorontalo", "Gorontalo", "Gorontalo", "GORONTALO", "WITA", ""],
  ["76", "Sulawesi Barat", "Sulbar", "West Sulawesi", "SULBAR", "WITA", ""],
  ["81", "Maluku", "Maluku", "Maluku", "MALUKU", "WIT", "moluccas"],
  ["82", "Maluku Utara", "Maluku Utara", "North Maluku", "MALUT", "WIT", ""],
  ["91", "Papua", "Papua", "Papua", "PAPUA", "WIT", "irian jaya"],
  ["92", "Papua Barat", "Papua Barat", "West Papua", "PABAR", "WIT", "papbar, papuabarat"],
  ["93", "Papua Selatan", "Papua Sel.", "South Papua", "PASEL", "WIT", "papsel"],
  ["94", "Papua Tengah", "Papua Tengah", "Central Papua", "PATENG", "WIT", "papteng"],
  ["95", "Papua Pegunungan", "Papua Peg.", "Highland Papua", "PAPEG", "WIT", ""],
  ["96", "Papua Barat Daya", "Papua BD", "Southwest Papua", "PBD", "WIT", ""],
];

export const PROVINCES: readonly Province[] = ROWS.map(([code, name, label, english, product, zone, aliases]) => ({
  code,
  name,
  label,
  english,
  product,
  zone,
  aliases: aliases === "" ? [] : aliases.split(", "),
}));

/** Numbers that opened a NIK once: East Timor until 1999, and Jakarta before the national register. Both unverified. */
export const HISTORIC_NIK_CODES: readonly string[] = ["54", "09"];
