import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { isInexact } from "../../../lib/exec/wire/inexact_json.ts";

const encoder = new TextEncoder();

/** Whether a text, between others in the same memory, is read as something else. */
function check(text: string): boolean {
  const [before, own, after] = ["1e999:", text, ":9999999999999999999"].map((part) => encoder.encode(part));
  const bytes = new Uint8Array([...before, ...own, ...after]);
  return isInexact(JSON.parse(text), text, bytes, before.length, before.length + own.length);
}

const inexact = [
  "9007199254740993",
  "-9007199254740993",
  "12345678901234567890",
  "1e400",
  "-1e400",
  "1E+309",
  "1e-400",
  '{"a":1,"a":2}',
  '{"a":1,"\\u0061":1}',
  '{"a":{"b":1,"c":[{"d":1,"d":1}]}}',
  '{"__proto__":1,"__proto__":2}',
  '[1,{"id":9007199254740993}]',
  "[[1e400]]",
  "[1E400]",
  "[1e999]",
  "[1e+400,0.5]",
  "[0.5,1e-400]",
  "0.01e-400",
  '{"a":"\\"","b":123456789012345678}',
  '{"é":1,"b":12345678901234567}',
];

const exact = [
  "1",
  "0",
  "-0",
  "0.000",
  "0e5",
  "9007199254740992",
  "100000000000000000000",
  "143242594933937620",
  "1000000000000000000000",
  "1e300",
  "0.1234567890123456789",
  "123456.1234567890123456789",
  "1234567890123456.5",
  "[1234567890123456.5]",
  "[1234567890123456e2]",
  "[1234567890123456.5e3]",
  "[true,false,null]",
  '"9007199254740993 1e400 {\\"a\\":1,\\"a\\":2}"',
  '{"a":"x:y","b":"\\\\","c":{"a":1}}',
  '{"9007199254740993":1,"1e400":":"}',
  '[{"a":1},{"a":1}]',
  '{"__proto__":{"a":1},"a":2}',
  "{}",
];

for (const text of inexact) {
  Deno.test(`isInexact: ${text} is read as something else`, () => assertEquals(check(text), true));
}
for (const text of exact) Deno.test(`isInexact: ${text} is read as it is`, () => assertEquals(check(text), false));

Deno.test("isInexact: what JSON.stringify has written is read as it is, and with a key more it is not", () => {
  fc.assert(fc.property(fc.jsonValue(), fc.string(), fc.boolean(), (value, key, spaced) => {
    const text = JSON.stringify({ [key]: value, other: [value] }, undefined, spaced ? 1 : 0);
    assertEquals(check(text), false);
    assertEquals(check(`{${JSON.stringify(key)}: 1, ${text.slice(1)}`), true);
  }));
});

Deno.test("isInexact: data nested as deeply as JSON.parse takes it harms nothing", () => {
  const depth = 100_000;
  assertEquals(check(`${'[{"a":1,"b":'.repeat(depth)}1${"}]".repeat(depth)}`), false);
});

/** Whether the numbers in a text are looked at one by one, which takes several times as long as the scan of its bytes. */
function isSearched(text: string): boolean {
  const [before, own, after] = ["1e999:", text, "9999999999999999999"].map((part) => encoder.encode(part));
  const bytes = new Uint8Array([...before, ...own, ...after]);
  return isInexact(JSON.parse(text), "1e400", bytes, before.length, before.length + own.length); // what a search would find
}

const short = ["5", "123456789012345", "null", "true", '"1234567890123456"', "[12345]", "[1,123456789012345]"];
const shortParts = [
  "[1234567890,1234567890]",
  "[0.1234567890123456789,1]",
  "[1e9,123,1E9,1e-9,1e99,true,false]",
  '["1234567890123456","1e999",{"1234567890123456":1}]',
];
const long = ["1234567890123456", "0", "1e400", "[1234567890123456]", "[1.5,1234567890123456]", "[1e100]", "[1E100]"];

Deno.test("isInexact: only a text with a long integer or a long exponent is searched for numbers that are lost", () => {
  for (const text of long) {
    assertEquals(isSearched(text), true, text);
    for (const other of [...short, ...shortParts]) assertEquals(isSearched(other), false, `${other} after ${text}`);
  }
});
