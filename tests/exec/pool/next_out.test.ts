import { assertEquals } from "@std/assert";
import type { Host, HostMessage } from "../../../lib/exec/host/host.ts";
import { openPool } from "../../../lib/exec/pool/pool.ts";
import { controlWord, type ToSlot } from "../../../lib/exec/wire/protocol.ts";
import { valueFormat } from "../../../lib/exec/run_job.ts";
import { encodeJsonItem, valueSource } from "../../../lib/exec/input/value_source.ts";

/** A slot that is controlled by the test. */
function manualHost() {
  const posted: ToSlot[] = [];
  let say = (_: HostMessage) => {};
  let control: Int32Array = new Int32Array(controlWord.length);
  const host: Host = (_generation, onMessage) => {
    say = (message) => onMessage(message);
    return {
      post(message) {
        posted.push(message);
        if (message.kind === "load") {
          control = message.control;
          queueMicrotask(() => say({ kind: "loaded", hasTeardown: true }));
        } else if (message.kind === "finish") say({ kind: "finished" });
      },
      send: () => {},
      reclaim: () => say({ kind: "reclaimed", ranges: [] }),
      cancel: () => {},
      running: () => Promise.resolve([]),
      lastRunning: () => [],
      terminate: () => Promise.resolve(),
    };
  };
  const end = (item: number) => {
    const buffer = new TextEncoder().encode("1\n").buffer;
    say({ kind: "results", buffer, stretches: [0, item, 1, 2], ms: 1, pendingMs: 0 });
  };
  return { host, posted, end, pause: () => say({ kind: "paused" }), nextOut: () => control[controlWord.nextOut] };
}

Deno.test("pool: an item may exceed the credit only while the consumer has nothing and waits for that item", async () => {
  const { host, posted, end, pause, nextOut } = manualHost();
  const format = valueFormat("json", "json");
  const job = { kind: "module", url: "file:///none.js" } as const;
  const pool = await openPool({ job, name: "none", threads: 1, tasks: 1, host, format });
  const outcomes = pool.run(valueSource([1, 2], encodeJsonItem), { ordered: true });
  const resumed = () => posted.filter(({ kind }) => kind === "resume" || kind === "taken").length;

  const first = outcomes.next();
  await new Promise((resolve) => setImmediate(resolve)); // the items are read
  assertEquals(nextOut(), 0, "it waits for the first item");
  end(0);
  assertEquals((await first).value?.[0].first, 0);
  pause();
  assertEquals([nextOut(), resumed()], [-1, 0], "it has something: nothing may pass");
  const second = outcomes.next();
  await Promise.resolve();
  assertEquals([nextOut(), resumed()], [1, 1], "it waits for the second item");
  end(1);
  await second;
  await outcomes.next();
  await pool.close();
});
