import { assert, assertEquals } from "@std/assert";
import { parkTasks } from "../../lib/scale/park_tasks.ts";
import { hostile, limited } from "./children.ts";

const bounds = { maxBytes: null, maxMs: 60_000 };

for (const [kind, alive] of [["generator", 1000], ["promise", 100], ["timer", 1000], ["fetch", 100]] as const) {
  Deno.test(`park tasks: ${alive} of ${kind} in a child`, async () => {
    const { rung, limits } = await parkTasks({ kind, alive, ...bounds });
    const { totalBytes, eachBytes, startMs, endMs, ...rest } = rung;
    assertEquals(rest, { kind, alive, reached: alive, virtualBytes: null, stoppedBy: null, limit: null, said: "" });
    assert(totalBytes !== null && eachBytes === totalBytes / alive);
    assert(startMs !== null && startMs > 0 && endMs !== null && endMs > 0);
    assert(limits.some(({ name }) => name === "memory") && limits.some(({ name }) => name === "heap"));
  });
}

Deno.test("park tasks: a hundred thousand promises take some hundred bytes each", async () => {
  const { rung } = await parkTasks({ kind: "promise", alive: 100_000, ...bounds });
  assert(rung.eachBytes !== null && rung.eachBytes > 200 && rung.eachBytes < 1000, JSON.stringify(rung));
});

Deno.test("park tasks: stopped at --max-memory", async () => {
  const { rung } = await parkTasks({ kind: "promise", alive: 1_000_000, ...bounds, maxBytes: 10 * 2 ** 20 });
  assertEquals([rung.stoppedBy, rung.limit, rung.totalBytes], ["max-memory", 10 * 2 ** 20, null]);
  assert(rung.reached > 0 && rung.reached < 200_000, `${rung.reached}`);
});

Deno.test("park tasks: a child that is killed is a rung", async () => {
  const { rung } = await parkTasks({ kind: "promise", alive: 100, ...bounds }, { start: hostile });
  assertEquals([rung.stoppedBy, rung.reached, rung.totalBytes, rung.said], ["killed", 40, null, "SIGKILL"]);
});

Deno.test("park tasks: interrupted", async () => {
  const { rung } = await parkTasks({ kind: "promise", alive: 100, ...bounds }, { signal: AbortSignal.abort() });
  assertEquals([rung.stoppedBy, rung.reached], ["interrupted", 0]);
});

Deno.test({
  name: "park tasks: requests stop at ulimit -n, which is named",
  ignore: Deno.build.os === "windows",
  async fn() {
    const { rung } = await parkTasks({ kind: "fetch", alive: 200, ...bounds }, { prefix: limited("-n 64") });
    assertEquals([rung.stoppedBy, rung.limit, rung.totalBytes], ["open-files", 64, null]);
  },
});
