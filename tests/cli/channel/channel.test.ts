import { assertEquals } from "@std/assert";
import { run, testEach } from "../programs.ts";

interface Document {
  readonly command: string;
  readonly result: { readonly items: readonly { readonly atMs: number; readonly value: number }[] };
}

testEach("channel: the values in order, one a line", async (program) => {
  const ended = await run(program, ["channel", "--count", "3", "--every", "50ms"]);
  assertEquals(ended, { code: 0, stdout: "1\n2\n3\n", stderr: "" });
});

testEach("channel --json: values and moments", async (program) => {
  const { code, stdout, stderr } = await run(program, ["channel", "--count", "3", "--every", "50ms", "--json"]);
  assertEquals({ code, stderr }, { code: 0, stderr: "" });
  const { command, result: { items } } = JSON.parse(stdout) as Document;
  assertEquals(command, "channel");
  assertEquals(items.map(({ value }) => value), [1, 2, 3]);
  assertEquals(items.map(({ atMs }) => typeof atMs), ["number", "number", "number"]);
});
