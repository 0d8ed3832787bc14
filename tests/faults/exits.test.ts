import { assert, assertEquals } from "@std/assert";
import { errorRecords, testBothIsolations } from "./fault.ts";

testBothIsolations(
  "Deno.exit, self.close, process.exit",
  "an error record for the item that called it, others unharmed",
  async ({ run }, isolate) => {
    const job = `
      import process from "node:process";
      const acts = [() => Deno.exit(7), () => self.close(), () => process.exit(7), () => process.reallyExit?.(7) ?? globalThis.nosuch()];
      export default async (i) => {
        if (i % 2 === 1) acts[(i - 1) / 2]();
        await new Promise((resolve) => setTimeout(resolve)); // others run beside
        return i;
      }`;
    const input = Array.from({ length: 9 }, (_, i) => `${i}\n`).join("");
    const { code, stdout, stderr } = await run(job, [isolate, "-j1", "--tasks=3"], { input });
    assertEquals([code, stdout], [1, "0\n2\n4\n6\n8\n"], stderr);
    assertEquals(errorRecords(stderr).map(({ line }) => line), [2, 4, 6, 8]);
    assert(!stderr.includes("replaced"), stderr);
  },
);
