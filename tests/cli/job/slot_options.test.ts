import { assertEquals, assertThrows } from "@std/assert";
import { isolation } from "../../../lib/cli/job/slot_options.ts";
import { UsageError } from "../../../lib/errors.ts";

const plain = {
  isolate: "auto",
  timeout: undefined,
  memory: undefined,
  deno: undefined,
  allowRun: false,
  allowAll: false,
} as const;

Deno.test("isolation: auto takes threads, and processes where a flag needs them or a limit is better kept there", () => {
  assertEquals(isolation(plain), "worker");
  assertEquals(isolation({ ...plain, timeout: 1_000 }), "process");
  for (const needs of [{ memory: 1 }, { deno: "" }, { allowRun: true }, { allowRun: ["ls"] }, { allowAll: true }]) {
    assertEquals(isolation({ ...plain, ...needs }), "process", JSON.stringify(needs));
  }
});

Deno.test("isolation: threads are refused to what needs processes; a time limit may have them", () => {
  const worker = { ...plain, isolate: "worker" } as const;
  assertEquals(isolation({ ...worker, timeout: 1_000 }), "worker");
  for (
    const [flag, needs] of [
      ["--memory", { memory: 1 }],
      ["--deno", { deno: "" }],
      ["--allow-run", { allowRun: ["ls"] }],
      ["--allow-all", { allowAll: true }],
    ] as const
  ) {
    assertThrows(
      () => isolation({ ...worker, ...needs }),
      UsageError,
      `${flag} needs processes; leave out --isolate=worker`,
    );
  }
});
