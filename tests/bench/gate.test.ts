import { assertEquals } from "@std/assert";
import { gate } from "../../lib/bench/gate.ts";

Deno.test("gate: 1 for what is shown, 4 for what is only unclear, 0 for what it does not fail on", () => {
  const both = ["slower", "unclear"];
  assertEquals(gate(["same", "slower", "unclear"], both), 1);
  assertEquals(gate(["same", "unclear"], both), 4);
  assertEquals(gate(["same", "faster"], both), 0);
  assertEquals(gate(["same", "unclear"], ["slower"]), 0);
  assertEquals(gate(["slower", "unclear"], ["unclear"]), 4);
  assertEquals([gate(["slower", "unclear"], []), gate([], both)], [0, 0]);
});
