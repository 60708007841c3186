import { deflateRawSync, inflateRawSync } from "node:zlib";
import { StoreError } from "../store-error.ts";

/**
 * What conversations look like, most usual last: a parked one then takes a hundred bytes instead of a thousand. What is
 * written with it is read with it: it never changes, and a better one gets the next number.
 */
const FIRST = Buffer.from(
  [
    '{"flow":"operator","version":1,"value":"desk","context":{"language":"id","list":[],"asked":{"at":178},"pinUntil":178',
    '{"flow":"agent","version":1,"value":"menu","context":{"language":"id","agent":"","batch":[],"draft":{"entries":[],"at":178},"hand":{}',
    ',"operatorAt":178,"restUntil":178,"retry":{"phase":"slow","until":178,"tries":1},"refresh":{"why":"expired","total":0,"plate":""}',
    ',"waitsFor":{"product":"SAMSAT_JATIM","since":178},"requests":[{"ref":"","kind":"","state":"waiting","since":178}],"dutyWait":178',
    ',"wrongCodes":[],"last":{"answers":{},"plate":""},"kept":{"answers":{},"at":178,"first":false},"nikPiece":"","preface":[]',
    ',"doubts":[{"about":"nik-date","typed":""},{"about":"chassis-letters","typed":"","fixed":"","letters":""}],"overlay":"help"',
    '"SAMSAT_JATENG"SAMSAT_JAKARTA"SAMSAT_BANTEN"SAMSAT_DIY"SAMSAT_BALI"whatsapp:62@s.whatsapp.net/"web:/',
    '"value":"notFound""value":"closed""value":"human""value":"region""value":"doubt""value":"waiting""value":"inquiring"',
    '"brand":"HONDA","model":"MEREK","color":"HITAM","state":"expired"',
    '"value":"nik","context":{"language":"en","greeted":true,"consented":false,"answers":{},"preface":[],"doubts":[],"doubtNumber":1',
    '{"flow":"counter","version":1,"value":"idle","context":{"language":"id","greeted":true,"consented":true,"answers":{},"offer":{"proof":"',
    '{"flow":"counter","version":1,"quietAt":178,"value":"chassis","context":{"language":"id","greeted":true,"consented":true,"answers":{',
    '{"flow":"counter","version":1,"quietAt":178,"value":"bill","context":{"language":"id","greeted":true,"consented":true,"answers":{',
    '"product":"SAMSAT_JABAR","nik":"32","chassis":"MH1","plate":"B "},"preface":[],"doubts":[],"doubtNumber":2,"inquiry":1,"inquiries":[178',
    '],"misses":0,"bills":[{"nonce":"","code":"","plate":"B ","total":,"answers":{"product":"SAMSAT_JABAR","nik":"32',
    '","chassis":"MH"},"state":"open","at":178}],"among":[],"parked":false,"nudged":false,"strange":0,"media":0,"late":false,"nikMessages":["',
    '"],"lastUserAt":178,"quote":{"bill":{"product":"SAMSAT_JABAR","invoice":"","paymentCode":"3220","nik":"32","chassis":"MH',
    '","owner":"","address":"JL KP  RT 0 RW 0 KEL ","plate":"B ","brand":"YAMAHA","model":"","color":"MERAH","year":"20","pkb":',
    ',"swdkllj":35000,"bbn":0,"pkbPenalty":0,"swdklljPenalty":0,"bbnPenalty":0,"fee":5000,"total":,"other":0,"billedAt":"2026-',
    ':00"},"inquiredAt":178,"expiresAt":178,"nonce":"","code":"',
    ',"preface":[],"doubts":[],"doubtNumber":0,"inquiry":0,"inquiries":[],"misses":0,"bills":[],"among":[],"parked":true,"nudged":true',
    ',"strange":0,"media":0,"late":false,"nikMessages":[],"lastUserAt":178,"keyboard":"telegram:/0"}}',
  ].join(""),
);

const DICTIONARIES: ReadonlyMap<number, Buffer> = new Map([[1, FIRST]]);
const CURRENT = 1;
/** 4 KiB: the dictionary and a conversation. The fast end of zlib: it is run twice a message. */
const WINDOW = { windowBits: 12, memLevel: 4 } as const;
/** What is made is small: Node's own 16 KiB for each result costs as much as the work. */
const RESULT = { chunkSize: 1024 } as const;

/** Text, small. The first byte is the dictionary's number. */
export function squeeze(text: string): Buffer {
  const small = deflateRawSync(text, { ...WINDOW, ...RESULT, dictionary: FIRST });
  return Buffer.concat([Buffer.of(CURRENT), small]);
}

export function unsqueeze(bytes: Buffer): string {
  const dictionary = DICTIONARIES.get(bytes[0] ?? 0);
  if (dictionary === undefined) {
    throw new StoreError(
      "A conversation in Redis was written by a newer version.",
      "Start that version, or let the conversations go (FLUSHDB): people begin anew, and no payment is touched.",
    );
  }
  return inflateRawSync(bytes.subarray(1), { windowBits: WINDOW.windowBits, dictionary }).toString("utf8");
}
