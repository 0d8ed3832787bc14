import { assertEquals } from "@std/assert";
import config from "../deno.json" with { type: "json" };
import sentences from "./lint/sentences.ts";
import plugin, { ours, threadSide } from "./lint/thread_side.ts";

const file = "lib/exec/slot/planted.ts";

/** What the rule says of a text, as `line: found`. */
function found(text: string, path = file): string[] {
  return Deno.lint.runPlugin(plugin, path, text).map(({ message, range: [start] }) =>
    `${text.slice(0, start).split("\n").length}: ${message.replace(": the job may have replaced it", "")}`
  );
}

Deno.test("lint: the rules run with `deno lint`", () => {
  assertEquals(config.lint.plugins, ["./tests/lint/thread_side.ts", "./tests/lint/sentences.ts"]);
});

const planted: readonly (readonly [kind: string, text: string, expected: readonly string[]])[] = [
  ["a global that is called", "function f(x) { return Number(x); }", ["1: the global `Number`"]],
  ["a global's member", "const f = (x) => Math.floor(x);", ["1: the global `Math`"]],
  ["a global that is made", "class A {\n m() { return new Uint8Array(1); }\n}", ["2: the global `Uint8Array`"]],
  ["a global in a method of an object", "export const o = { m() { throw new Error(''); } };", [
    "1: the global `Error`",
  ]],
  ["a global in a field", "class A { #a = new Promise(() => {}); }", ["1: the global `Promise`"]],
  ["a global as a default", "function f(x = JSON) {}", ["1: the global `JSON`"]],
  ["a global in shorthand", "const f = () => ({ Object });", ["1: the global `Object`"]],
  ["a global behind instanceof", "const f = (x) => x instanceof Map;", ["1: the global `Map`"]],
  ["a global behind a type assertion", "const f = () => globalThis as unknown;", ["1: the global `globalThis`"]],
  ["a global that another function has a parameter for", "function f(Math) {}\nfunction g() { Math.min(1); }", [
    "2: the global `Math`",
  ]],
  ["a method of an array", "function f(list) { list.push(1); }", ["1: the method `push`"]],
  ["a method of a text, if there is one", "const f = (text) => text?.slice(1);", ["1: the method `slice`"]],
  ["a method at the end of an optional chain", "const f = (a) => a?.b.slice(1);", ["1: the method `slice`"]],
  ["a method behind a type assertion", "const f = (a) => (a as any)!.slice(1);", ["1: the method `slice`"]],
  ["a method of a literal", "const f = (x) => /a/.test(x);", ["1: the method `test`"]],
  ["a method of typed arrays", "const f = (bytes) => bytes.subarray(1);", ["1: the method `subarray`"]],
  ["a method of a private field", "class A { #a; m() { this.#a.sort(); } }", ["1: the method `sort`"]],
  ["a method of a function", "const f = (g) => g.call(1);", ["1: the method `call`"]],
  ["a method of a promise", "const f = (p) => p.then(() => {});", ["1: the method `then`"]],
  ["for-of", "function f(x) {\n for (const y of x) y;\n}", ["2: the iterator of `for...of`"]],
  ["for-await", "async function f(x) { for await (const y of x) y; }", ["1: the iterator of `for...of`"]],
  ["spread into an array", "const f = (x) => [...x];", ["1: the iterator of a spread"]],
  ["spread into a call", "const f = (g, x) => g(...x);", ["1: the iterator of a spread"]],
  ["destructured array", "function f(x) { const [a] = x; }", ["1: the iterator of a destructured array"]],
  ["destructured parameter", "function f([a]) {}", ["1: the iterator of a destructured array"]],
  ["destructured assignment", "function f(a, x) { [a] = x; }", ["1: the iterator of a destructured array"]],
  ["yield*", "function* f(x) { yield* x; }", ["1: the iterator of `yield*`"]],
];
for (const [kind, text, expected] of planted) {
  Deno.test(`lint: beside a job, the rule refuses ${kind}`, () => assertEquals(found(text), expected));
}

const right: readonly (readonly [kind: string, text: string])[] = [
  ["what runs while the module loads", "const [a] = [...Object.keys({})];\nfor (const x of [a]) x.slice(Math.min(1));"],
  ["static fields", "class A { static a = new Map(); }"],
  ["what natives.ts captured", 'import { min, push } from "../../natives.ts";\nconst f = (x) => push(x, min(1));'],
  ["a name that natives.ts captured", 'import { Error } from "../../natives.ts";\nconst f = () => new Error("");'],
  ["types", "function f(x: Error): Promise<Map<string, Error>> { const y = x as Error; return y satisfies Error; }"],
  ["type queries", "function f(x: typeof globalThis.process) { return x; }"],
  ["parameters and variables of a global's name", "function f(name) { const close = name; return () => close; }"],
  ["properties of a global's name", "const f = (x) => ({ name: x.name, Math: x.Math });"],
  ["destructured objects", "function f({ Error: found, ...rest }) { return { ...rest, found }; }"],
  ["rest parameters", "const f = (...rest) => rest.length;"],
  [
    "methods of our own",
    "class A { #queue; add() {} m() { this.add(); this.#queue.clear(); this.#queue.insert(1); } }",
  ],
  ["nobody's globals", "const f = (x) => x === undefined || x === Infinity;"],
];
for (const [kind, text] of right) {
  Deno.test(`lint: beside a job, the rule allows ${kind}`, () => assertEquals(found(text), []));
}

Deno.test("lint: the rule is for the thread's side alone", () => {
  const text = "function f(list) { for (const x of list) list.push(Math.min(x)); }";
  assertEquals(found(text, "lib/exec/pool/x.ts"), []);
  for (const path of [file, "lib/exec/wire/x.ts", "C:\\tandem\\lib\\exec\\slot\\x.ts", "lib/clock.ts"]) {
    assertEquals(found(text, path).length, 3, path);
  }
});

Deno.test("lint: each file, folder and exception of the rule is there", () => {
  const root = new URL("../", import.meta.url);
  const filesOf = (part: string): string[] =>
    [...Deno.readDirSync(new URL(part, root))].flatMap(({ name, isDirectory }) =>
      isDirectory ? filesOf(`${part}${name}/`) : [part + name]
    );
  const sources = threadSide.flatMap((part) => part.endsWith("/") ? filesOf(part) : [part]);
  const text = sources.map((path) => Deno.readTextFileSync(new URL(path, root))).join("\n");
  const unused = [...ours].filter((call) => {
    const [receiver, method] = call.split(".");
    return !new RegExp(`\\b${receiver}(?:\\(.*\\))?\\??\\.${method}\\??\\.?\\(`).test(text);
  });
  assertEquals(unused, []);
});

Deno.test("lint: what measures and judges builds no sentence", () => {
  const found = (text: string, path = "lib/bench/planted.ts") =>
    Deno.lint.runPlugin(sentences, path, text).map(({ message }) => message.split('"')[1]);
  assertEquals(found('const a = "run it again";'), ["run it again"]);
  assertEquals(found("const a = `only ${n} rounds were run`;"), ["only … rounds were run"]);
  assertEquals(found('throw new TandemError("job", "too few items");'), ["too few items"]);
  assertEquals(found('const a = "run it again";', "lib/report/planted.ts"), []);
  const fine =
    'import a from "b"; const kind = "too-few-rounds"; const id = `${work} ${mode} 1×2`; const c = "no rounds";';
  assertEquals(found(fine), []);
  assertEquals(found('throw new RangeError("a time that is not above 0");'), []);
  assertEquals(found('const claim = { sentence: "threads run in parallel" };', "lib/claims/planted.ts"), []);
});
