/** What a biller's answer to pay may look like on a bad day. SAME is the invoice that was paid, OTHER another one. */
export interface Garbage {
  readonly name: string;
  readonly body: string;
}

const good = {
  result: "ok",
  status: "CONFIRM",
  invoice: "SAME",
  total: "183500",
  reference_number: "5A83",
} as const;

const changed = (fields: Readonly<Record<string, unknown>>): string => JSON.stringify({ ...good, ...fields });
const without = (name: keyof typeof good): string =>
  JSON.stringify(Object.fromEntries(Object.entries(good).filter(([key]) => key !== name)));

/** All of these are paid: blanks, missing quotes and a byte order mark are how the document itself prints answers. */
export const CONFIRMED: readonly Garbage[] = [
  { name: "plain", body: changed({}) },
  { name: "blanks before references", body: changed({ reference_number: " 5A83", trace_number: " 245209" }) },
  { name: "blanks around every value", body: changed({ result: " ok", status: "CONFIRM ", total: " 183500 " }) },
  { name: "byte order mark and newlines", body: `\uFEFF\r\n${changed({})}\n` },
  {
    name: "keys without quotes, as in the document",
    body: '{result: "ok", status: "CONFIRM", invoice: "SAME", total: "183500", reference_number: " 5A83"}',
  },
  { name: "a comma too many", body: `${changed({}).slice(0, -1)},}` },
  { name: "the total as a JSON integer", body: changed({ total: 183500 }) },
  {
    name: "a line separator inside a name",
    body: changed({ customer_name: "JOR\u2028DAN" }).replace('"result"', "result"),
  },
  { name: "fields that nobody promised", body: changed({ latency: 0.25, debug: null, extra: [{ status: "REFUND" }] }) },
];

/** None of these is paid, and none says that no money moved. */
export const SUSPECT: readonly Garbage[] = [
  { name: "empty", body: "" },
  { name: "blanks alone", body: " \r\n\t" },
  { name: "byte order mark alone", body: "\uFEFF" },
  { name: "html login", body: "<html><title>Login</title></html>" },
  { name: "byte order mark and a refusal", body: '\uFEFF{"result":"no","reason":"invalid login"}' },
  { name: "keys without quotes, fields missing", body: '{result: "ok", status: "CONFIRM"}' },
  { name: "null", body: "null" },
  { name: "true", body: "true" },
  { name: "array", body: "[]" },
  { name: "array around a good answer", body: `[${changed({})}]` },
  { name: "good answer inside data", body: `{"data":${changed({})}}` },
  { name: "good answer as a string", body: JSON.stringify(changed({})) },
  { name: "number result", body: changed({ result: 1 }) },
  { name: "boolean result", body: changed({ result: true }) },
  { name: "upper OK, lower confirm", body: changed({ result: "OK", status: "confirm" }) },
  { name: "upper OK", body: changed({ result: "OK" }) },
  { name: "lower confirm", body: changed({ status: "confirm" }) },
  { name: "CONFIRMED", body: changed({ status: "CONFIRMED" }) },
  { name: "invisible letter in CONFIRM", body: changed({ status: "CON\u200BFIRM" }) },
  { name: "Cyrillic C in CONFIRM", body: changed({ status: "\u0421ONFIRM" }) },
  { name: "status as a list", body: changed({ status: ["CONFIRM"] }) },
  { name: "SUCCESS", body: changed({ status: "SUCCESS" }) },
  { name: "status missing", body: without("status") },
  { name: "result missing", body: without("result") },
  { name: "no, but CONFIRM", body: changed({ result: "no" }) },
  { name: "address refused", body: '{"result":"no","ipaddr":"203.0.113.9","reason":"ip not registered"}' },
  { name: "login refused", body: '{"result":"no","reason":"invalid login"}' },
  { name: "gateway's words", body: "error code: 522" },
  { name: "gateway's JSON", body: '{"message":"Endpoint request timed out"}' },
  { name: "other invoice", body: changed({ invoice: "OTHER" }) },
  { name: "invoice missing", body: without("invoice") },
  { name: "invoice with a tail", body: changed({ invoice: "SAME0" }) },
  { name: "invoice with an invisible letter", body: changed({ invoice: "SA\u200BME" }) },
  { name: "invoice as a list", body: changed({ invoice: ["SAME"] }) },
  { name: "formatted total", body: changed({ total: "Rp183.500" }) },
  { name: "total with dots", body: changed({ total: "183.500" }) },
  { name: "total with decimals", body: changed({ total: "183500.00" }) },
  { name: "total as a fraction", body: changed({ total: 183500.5 }) },
  { name: "total 1e5", body: changed({ total: "1e5" }) },
  { name: "total in hex", body: changed({ total: "0x2CCCC" }) },
  { name: "total with a sign", body: changed({ total: "+183500" }) },
  { name: "negative total", body: changed({ total: "-183500" }) },
  { name: "total in Arabic digits", body: changed({ total: "\u0661\u0668\u0663\u0665\u0660\u0660" }) },
  { name: "one rupiah more", body: changed({ total: "183501" }) },
  { name: "total beyond safe integers", body: changed({ total: "9007199254740993000" }) },
  { name: "total as a list", body: changed({ total: ["183500"] }) },
  { name: "total null", body: changed({ total: null }) },
  { name: "total missing", body: without("total") },
  { name: "reference missing", body: without("reference_number") },
  { name: "reference empty", body: changed({ reference_number: "  " }) },
  { name: "reference of invisible letters", body: changed({ reference_number: "\u200B\u202E" }) },
  { name: "reference null", body: changed({ reference_number: null }) },
  { name: "proto", body: '{"__proto__":{"status":"CONFIRM"},"result":"ok"}' },
  { name: "proto with everything", body: `{"__proto__":${changed({})}}` },
  { name: "proto without quotes", body: `{__proto__: ${changed({})}, result: "ok"}` },
  { name: "constructor", body: `{"constructor":{"prototype":${changed({})}},"result":"ok"}` },
  {
    name: "PHP warning before a good answer",
    body: `<br />\n<b>Warning</b>: mysqli in <b>pay.php</b>\n${changed({})}`,
  },
  { name: "PHP notice after a good answer", body: `${changed({})}\n<br />Notice: Undefined index` },
  { name: "two answers", body: changed({}) + changed({ status: "REFUND" }) },
  { name: "cut in the middle", body: changed({}).slice(0, 40) },
  { name: "cut before the last brace", body: changed({}).slice(0, -1) },
  { name: "JSONP", body: `callback(${changed({})})` },
  { name: "XML", body: "<result>ok</result><status>CONFIRM</status>" },
  { name: "query string", body: "result=ok&status=CONFIRM&invoice=SAME&total=183500" },
  { name: "a function call in the lenient form", body: '{result: process.exit(1), status: "CONFIRM"}' },
  { name: "deep nesting", body: "[".repeat(20_000) },
  { name: "deep nesting of the lenient form", body: "{a:".repeat(20_000) },
  { name: "NUL bytes", body: "\0".repeat(1_000) },
  { name: "half a surrogate", body: '{"result":"ok\uD800"}' },
  { name: "256 KiB of a", body: "a".repeat(256 * 1024) },
  { name: "an unknown status", body: changed({ status: "PROSES" }) },
  { name: "FAILURE in an ok", body: changed({ status: "FAILURE" }) },
  { name: "INQUIRY as pay's answer", body: changed({ status: "INQUIRY" }) },
  { name: "refund of another invoice", body: changed({ status: "REFUND", invoice: "OTHER" }) },
  { name: "refund of another total", body: changed({ status: "REFUND", total: "1" }) },
];
