import { assertEquals } from "@std/assert";
import type { Document } from "../../../lib/model/document.ts";
import { fakeMachine } from "../../bench/fake_machine.ts";
import { theory } from "../../claims/theory.ts";
import { call } from "../in_process.ts";
import { testMachine } from "../test_session.ts";

/** Why a claim about much memory is not tested. */
async function reason(freeBytes: number, ...flags: string[]) {
  const { stdout } = await call(["claims", "http-needs-tasks", "--json", ...flags], {
    ...fakeMachine(theory),
    machine: { ...testMachine, freeBytes },
  });
  const { result }: Document<"claims"> = JSON.parse(stdout);
  return result.claims[0].reason;
}

Deno.test("claims: without --max-memory, they may take a quarter of what is free", async () => {
  const neededBytes = 200 * 2 ** 20;
  const tooLittle = (maxBytes: number) => ({ kind: "too-little-memory" as const, neededBytes, maxBytes });
  assertEquals(await reason(4 * neededBytes - 1), tooLittle(neededBytes - 1)); // rounded down
  assertEquals(await reason(8 * neededBytes, "--max-memory=10MiB"), tooLittle(10 * 2 ** 20));
});
