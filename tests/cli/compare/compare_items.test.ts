import { assertEquals, assertRejects } from "@std/assert";
import type { CompareValues } from "../../../lib/cli/compare/command.ts";
import { givenItems, type Items, ownItems } from "../../../lib/cli/compare/compare_items.ts";
import { UsageError } from "../../../lib/errors.ts";
import type { Host } from "../../../lib/exec/host/host.ts";
import { fakeMachine } from "../../bench/fake_machine.ts";
import { call } from "../in_process.ts";
import { testSession } from "../test_session.ts";

const echo = "tests/fixtures/jobs/echo.js";
const decoder = new TextDecoder();

/** The items of --items -, which is `stdin`. */
async function items(
  stdin: string,
  flags: Partial<Pick<CompareValues, "input" | "header" | "null" | "maxLine" | "once">> = {},
) {
  const all = {
    items: "-",
    count: undefined,
    input: "lines",
    null: false,
    maxLine: 1024,
    once: false,
    header: undefined,
    ...flags,
  } as const;
  const given = await givenItems(all, testSession({ stdin }).session.stdin);
  if (given === undefined) throw new Error("no items");
  return given;
}

function bytesOf({ list }: Items): readonly Uint8Array[] {
  return Array.from({ length: list.length }, (_, place) => list.at(place) ?? new Uint8Array());
}

const inputs = [
  "1\n\v\n2\n",
  "\f\n\v\r\n \t\nx",
  "1\r\n\n \t\n2\n3",
  "\ufeffa\r\n",
  "a\n\u2028\nb\n",
  "a\r\n\0\nb\0\v\0c\n",
];

for (const separator of ["\n", "\0"]) {
  Deno.test(`compare: lines that end with ${JSON.stringify(separator)} are the items that run makes of them`, async () => {
    for (const input of inputs) {
      const bytes = bytesOf(await items(input, { null: separator === "\0" }));
      const flags = ["--input=lines", "--output=lines", ...separator === "\0" ? ["--null"] : []];
      const { stdout } = await call(["run", echo, ...flags], { stdin: input });
      assertEquals(bytes.map((line) => `${decoder.decode(line)}${separator}`).join(""), stdout, JSON.stringify(input));
    }
  });
}

Deno.test("compare: each item of --items has the number of its line", async () => {
  const given = await items("\na\n\v\nb");
  assertEquals(bytesOf(given).map((line, i) => [decoder.decode(line), given.lineOf(i)]), [["a", 2], ["b", 4]]);
});

Deno.test("compare: a line longer than --max-line is named", async () => {
  const message = "line 2 of --items is longer than 3 bytes; raise --max-line";
  await assertRejects(() => items("abc\nabcd\n", { maxLine: 3 }), UsageError, message);
});

Deno.test("compare: an input of blank lines has no items", async () => {
  await assertRejects(() => items("\n\f\n"), UsageError, "--items - has no items; give one on each line");
});

Deno.test("compare: the hash of items tells where each begins and ends", async () => {
  const hash = async (text: string) => await (await items(text)).hash();
  assertEquals(await hash("12\n\n3\r\n"), await hash("12\n3"));
  const different = ["1\n9", "2\n9", "12\n3", "1\n23", "123", "13\n3", "3\n12"];
  assertEquals(new Set(await Promise.all(different.map(hash))).size, different.length);
});

async function counted(count: number): Promise<Items> {
  const flags = {
    items: undefined,
    count,
    input: "json",
    null: false,
    maxLine: 1024,
    once: false,
    header: undefined,
  } as const;
  const given = await givenItems(flags, testSession().session.stdin);
  if (given === undefined) throw new Error("no items");
  return given;
}

Deno.test("compare: items of --count are its numbers, each in a line of its own", async () => {
  const given = await counted(100_000);
  const numbers = Array.from({ length: 100_000 }, (_, i) => i);
  assertEquals(bytesOf(given).map((line) => Number(decoder.decode(line))), numbers);
  assertEquals(given.input, "json");
  assertEquals([given.list.at(100_000), given.lineOf(7)], [undefined, 8]);
});

Deno.test("compare: items of a --count are made on demand, also the last one of the largest", async () => {
  const most = await counted(Number.MAX_SAFE_INTEGER);
  assertEquals(decoder.decode(most.list.at(Number.MAX_SAFE_INTEGER - 1)), "9007199254740990");
  assertEquals(most.list.length, Number.MAX_SAFE_INTEGER);
  const hashes = [await most.hash(), await (await counted(1e9)).hash(), await (await counted(1e9)).hash()];
  assertEquals(new Set(hashes).size, 2);
});

Deno.test("compare: an input that is no lines of JSON is named once", async () => {
  await assertRejects(() => items("[\n1,\n2\n]\n", { input: "json" }), UsageError, "one JSON value over several lines");
});

Deno.test("compare: items that JSON.parse changes are counted", async () => {
  const text = '1\n\n{"a":1,"a":1}\nnot JSON\n1e999\n';
  assertEquals((await items(text, { input: "json" })).inexact, { items: 2, line: 3 });
  assertEquals([(await items(text)).inexact, (await items("1\n", { input: "json" })).inexact], [undefined, undefined]);
});

Deno.test("compare: --items and --count contradict each other; without both, the module must have items", async () => {
  const flags = {
    items: undefined,
    count: undefined,
    input: "json",
    null: false,
    maxLine: 1024,
    once: false,
    header: undefined,
  } as const;
  const { stdin } = testSession().session;
  assertEquals(await givenItems(flags, stdin), undefined);
  const message = "--items and --count contradict each other; give one";
  await assertRejects(() => givenItems({ ...flags, items: "no/such", count: 3 }, stdin), UsageError, message);
});

Deno.test("compare: rows and elements are the items that run makes of them", async () => {
  const texts = async (stdin: string, input: CompareValues["input"]) => {
    const given = await items(stdin, { input });
    return [given.input, ...bytesOf(given).map((bytes, i) => `${given.lineOf(i)} ${decoder.decode(bytes)}`)];
  };
  assertEquals(await texts('a,b\n"1\n",2\n\n3,4', "csv"), ["csv", '2 ["a","b"]\n"1\n",2', '5 ["a","b"]\n3,4']);
  assertEquals(await texts("a\tb\n1\t2\n", "tsv"), ["tsv", '2 ["a","b"]\n1\t2']);
  assertEquals(await texts("[1,\n[2]]", "array"), ["json", "1 1", "2 [2]"]);
  assertEquals(bytesOf(await items("1\n", { input: "csv", header: "x" })).map((bytes) => decoder.decode(bytes)), [
    '["x"]\n1',
  ]);
  await assertRejects(() => items("1\n", { header: "x" }), UsageError, "--header names the columns of rows");
  assertEquals((await items("[1e999]", { input: "array" })).inexact, { items: 1, line: 1 });
});

Deno.test("compare: rows and elements are refused with --once, which names lines that are left, and with --null", async () => {
  for (const input of ["csv", "tsv", "array"] as const) {
    await assertRejects(() => items("[1]", { input, once: true }), UsageError, "--once needs lines, ");
    await assertRejects(() => items("[1]", { input, null: true }), UsageError, `or leave out --input ${input}`);
  }
});

Deno.test("compare --input csv: a job gets objects", async () => {
  const stdin = `n\n${Array.from({ length: 8 }, (_, i) => `${i}\n`).join("")}`;
  const flags = [
    "--items=-",
    "--input=csv",
    "--rounds=1",
    "--threads=1",
    "--tasks=2",
    "--max-time=20s",
    "--json",
    "-q",
  ];
  const { code, stdout } = await call(["compare", echo, ...flags], { stdin });
  assertEquals(code, 0);
  assertEquals(JSON.parse(stdout).options.input, "csv");
});

Deno.test("compare: what a line holds goes with the items", async () => {
  assertEquals([(await items("1\n", { input: "json" })).input, (await items("1\n")).input], ["json", "text"]);
});

Deno.test("compare: an input of many blocks is read to its end, with each line's number", async () => {
  const numbers = Array.from({ length: 60_000 }, (_, i) => i + 1);
  const given = await items(numbers.map((i) => `line ${i}\n`).join(""));
  assertEquals(numbers.map((_, place) => given.lineOf(place)), numbers);
  assertEquals(bytesOf(given).map((line) => decoder.decode(line)), numbers.map((i) => `line ${i}`));
});

Deno.test("compare: a file of items is closed", { sanitizeResources: true }, async () => {
  const file = Deno.makeTempFileSync();
  try {
    Deno.writeTextFileSync(file, "1\n2\n");
    const flags = {
      items: file,
      count: undefined,
      input: "json",
      null: false,
      maxLine: 1024,
      once: false,
      header: undefined,
    } as const;
    assertEquals((await givenItems(flags, testSession().session.stdin))?.list.length, 2);
  } finally {
    Deno.removeSync(file);
  }
});

Deno.test("compare: the module's own items are read in one slot, which is then gone", async () => {
  const job = { kind: "module", url: "file:///job.js" } as const;
  let up = 0;
  let started = 0;
  const own = (values: readonly unknown[] | undefined) => {
    const machine = fakeMachine({ computingMs: 1, items: values });
    const host: Host = (...given) => {
      up++;
      started++;
      const slot = machine.host(...given);
      return { ...slot, terminate: () => (up--, slot.terminate()) };
    };
    return ownItems(job, "job.js", host, new AbortController().signal);
  };
  const given = await own([0, "a\nb", { c: [null] }]);
  assertEquals(bytesOf(given).map((item) => decoder.decode(item)), ["0", '"a\\nb"', '{"c":[null]}']);
  assertEquals([0, 1, 2].map((place) => given.lineOf(place)), [1, 2, 3]);
  assertEquals([given.input, up, started], ["json", 0, 1]);
  assertEquals((await own([1])).list.length, 1);
  for (const none of [[], undefined]) {
    await assertRejects(
      () => own(none),
      UsageError,
      "job.js exports no items, so there is nothing to compare; give --items",
    );
  }
  assertEquals(up, 0);
});
