import fc from "fast-check";

/** What a JSON text says and JSON.parse does not keep, read by hand. */
export interface Lost {
  readonly integers: boolean;
  readonly ranges: boolean;
  readonly keys: boolean;
}

/** Reads a JSON text letter by letter. */
export function lostIn(text: string): Lost {
  let at = 0;
  const lost = { integers: false, ranges: false, keys: false };
  const space = () => {
    while (" \t\r\n".includes(text[at] ?? "x")) at++;
  };
  const string = (): string => {
    const from = at++;
    while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    return JSON.parse(text.slice(from, ++at));
  };
  const number = () => {
    const from = at;
    while ("+-.0123456789eE".includes(text[at] ?? "x")) at++;
    const written = text.slice(from, at);
    const [mantissa, exponent] = written.toLowerCase().split("e");
    const value = Number(written);
    if (exponent === undefined && !mantissa.includes(".")) {
      if (!Number.isFinite(value)) lost.ranges = true;
      else if (BigInt(value) !== BigInt(written)) lost.integers = true;
    } else if (!Number.isFinite(value)) lost.ranges = true;
    else if (exponent !== undefined && value === 0 && /[1-9]/.test(mantissa)) lost.ranges = true;
  };
  const members = (end: string, member: () => void) => {
    at++;
    for (space(); text[at] !== end; space()) {
      if (text[at] === ",") at++;
      space();
      member();
    }
    at++;
  };
  const value = (): void => {
    space();
    if (text[at] === '"') string();
    else if (text[at] === "[") members("]", value);
    else if (text[at] === "{") {
      const seen = new Set<string>();
      members("}", () => {
        const key = string();
        lost.keys ||= seen.has(key);
        seen.add(key);
        space();
        at++; // the colon
        value();
      });
    } else if (/[-\d]/.test(text[at])) number();
    else while (/[a-z]/.test(text[at] ?? "")) at++;
    space();
  };
  value();
  return lost;
}

const digits = (maxLength: number) => fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength });
const whole = digits(22).map((text) => text.replace(/^0+(?=\d)/, ""));
const optional = <T extends string>(part: fc.Arbitrary<T>) => fc.oneof(fc.constant(""), part);

/** Numbers as anyone may write them. An exponent of one or two digits after a fraction of hundreds is left out. */
const numberText = fc.tuple(
  fc.constantFrom("", "-"),
  fc.oneof(whole, fc.constantFrom("9007199254740993", "9007199254740992", "0", "1".repeat(310))),
  optional(digits(20).map((text) => `.${text}`)),
  optional(
    fc.tuple(fc.constantFrom("e", "E"), fc.constantFrom("", "+", "-"), digits(4)).map((parts) => parts.join("")),
  ),
).map((parts) => parts.join(""));

const riskyString = fc.constantFrom(
  "tel 12345678901234567",
  "12345678901234567",
  "e400",
  " 1e400",
  "2024-01-01T00:00:00Z",
  '":',
  "\\",
  '\\"',
  "a:1",
  "é",
  "3e9000f1",
);
const stringText = fc.oneof(fc.string(), riskyString).map((text) => JSON.stringify(text));
/**
 * No key with an escape after another key: V8 15.0 (Deno 2.9.6) reads `\u0061` as a key `\` once it has read an object with
 * such a key there: `JSON.parse('{"a":1,"\\\\":1}')`, then `JSON.parse('{"a":1,"\\u0061":2}')` has the keys `a` and `\`.
 */
const keyText = fc.oneof(stringText, fc.constantFrom('"a"', '"b"', '"__proto__"', '"1"'));
const gap = fc.constantFrom("", "", " ", "\t", " \r ");
const list = (members: fc.Arbitrary<string>) => fc.array(members, { maxLength: 4 }).map((texts) => texts.join(","));
const spaced = (...parts: fc.Arbitrary<string>[]) => fc.tuple(gap, ...parts, gap).map((texts) => texts.join(""));

const { container } = fc.letrec<{ value: string; container: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    numberText,
    stringText,
    fc.constantFrom("true", "false", "null"),
    tie("container"),
  ),
  container: fc.oneof(
    list(spaced(tie("value"))).map((text) => `[${text}]`),
    list(spaced(keyText, gap, fc.constant(":"), gap, tie("value"))).map((text) => `{${text}}`),
  ),
}));

/** Objects and arrays as JSON: many lose something. */
export const containerText = container;

/** Numbers as JSON: many lose something. */
export const looseNumber = numberText;
