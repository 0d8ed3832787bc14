import { assertEquals } from "@std/assert";
import type { Host } from "../../../lib/exec/host/host.ts";
import { withTeardown } from "../../../lib/exec/host/with_teardown.ts";
import { n } from "../numbers.ts";
import { heldClock } from "./clocks.ts";

/** A host that notes what its slot is told; `say` is its word. */
function notingHost() {
  const told: string[] = [];
  let say = (_kind: "finished" | "paused") => {};
  const host: Host = (_generation, onMessage) => {
    say = (kind) => onMessage({ kind });
    return {
      post: ({ kind }) => void told.push(kind),
      terminate: () => Promise.resolve(void told.push("terminate")),
      send() {},
      reclaim() {},
      cancel() {},
      running: () => Promise.resolve([]),
      lastRunning: () => [],
    };
  };
  return { host, told, say: (kind: "finished" | "paused") => say(kind) };
}

Deno.test("with teardown: a slot that is terminated stops and tears down first, and is waited for", async () => {
  const { host, told, say } = notingHost();
  const heard: string[] = [];
  const slot = withTeardown(host, heldClock().clock)(n(1), ({ kind }) => heard.push(kind));
  const gone = slot.terminate();
  say("paused");
  for (let turns = 0; turns < 10; turns++) await undefined;
  assertEquals(told, ["stop", "finish"]);
  say("finished");
  await gone;
  assertEquals([told, heard], [["stop", "finish", "terminate"], ["paused", "finished"]]);
});

Deno.test("with teardown: one that does not answer is not waited for longer than a second", async () => {
  const { host, told } = notingHost();
  const { clock, endAll } = heldClock();
  const waits: number[] = [];
  const noting = { ...clock, wait: (ms: number) => (waits.push(ms), clock.wait(ms)) };
  const gone = withTeardown(host, noting)(n(1), () => {}).terminate();
  endAll();
  await gone;
  assertEquals([waits, told], [[1_000], ["stop", "finish", "terminate"]]);
});

Deno.test("with teardown: one that has torn down already is terminated at once", async () => {
  const { host, told, say } = notingHost();
  const slot = withTeardown(host, heldClock().clock)(n(1), () => {});
  slot.post({ kind: "finish" });
  say("finished");
  await slot.terminate();
  assertEquals(told.at(-1), "terminate");
});
