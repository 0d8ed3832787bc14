import { assertEquals, assertRejects } from "@std/assert";
import { openHost, openSlots } from "../../../lib/cli/job/slot_host.ts";
import { TandemError } from "../../../lib/errors.ts";
import { noPermissions } from "../../../lib/exec/host/worker_host.ts";
import type { Host } from "../../../lib/exec/host/host.ts";
import { Stage } from "../../exec/host/stage.ts";
import { jobOf } from "../../exec/inline_job.ts";
import { nothing } from "./no_grants.ts";

/** A host that only counts its slots. */
function countingHost() {
  const alive = new Set<number>();
  const host: Host = (generation) => {
    alive.add(generation);
    const terminate = () => Promise.resolve(void alive.delete(generation));
    const nobody = () => {
      throw new Error("no item is sent here");
    };
    return {
      post() {},
      send: nobody,
      reclaim: nobody,
      cancel: nobody,
      running: nobody,
      lastRunning: nobody,
      terminate,
    };
  };
  return { host, alive };
}

const reference = { kind: "builtin", name: "noop" } as const;
const values = {
  ...nothing,
  isolate: "auto",
  timeout: undefined,
  memory: undefined,
  deno: undefined,
  runtime: "deno",
} as const;

/** What is to be done if the program is ended by force. */
const acts = new Set<() => void>();
const onForcedEnd = (act: () => void) => (acts.add(act), { [Symbol.dispose]: () => void acts.delete(act) });

Deno.test("openHost: starts so many slots ahead, none by default, and disposing leaves none", async () => {
  const { host, alive } = countingHost();
  {
    await using _none = await openHost(values, "worker", { folder: "/", reads: ["/"], reference }, {
      host,
      onForcedEnd,
    });
    assertEquals(alive.size, 0);
    await using _slots = await openHost(values, "worker", { folder: "/", reads: ["/"], reference }, {
      host,
      onForcedEnd,
    }, 3);
    assertEquals(alive.size, 3);
  }
  assertEquals(alive.size, 0);
  await using _none = await openSlots(noPermissions, "process", { host, onForcedEnd });
  assertEquals(alive.size, 0);
});

Deno.test("openHost: cleans up after its command if the program is ended by force, and else when it is disposed", async () => {
  {
    await using _slots = await openHost(values, "process", { folder: "/", reads: ["/"], reference }, {
      host: undefined,
      onForcedEnd,
    });
    assertEquals(acts.size, 1);
    for (const act of acts) act();
  }
  assertEquals(acts.size, 0);
});

Deno.test("openHost: a worker shares our process, a process is another; both may only do what is granted", async () => {
  const job = jobOf(
    "export default () => { try { return [Deno.pid, Deno.env.get('HOME') !== 0]; } catch { return [Deno.pid]; } }",
  );
  for (const isolate of ["worker", "process"] as const) {
    for (const allowEnv of [false, true]) {
      await using slots = await openHost({ ...values, allowEnv }, isolate, { folder: "/", reads: ["/"], reference }, {
        host: undefined,
        onForcedEnd,
      }, 1);
      const stage = new Stage(isolate, () => slots.host);
      const [outcome] = await stage.outcomes(job, [1], { threads: 1 });
      const [pid, granted = false] = outcome.kind === "ok" ? outcome.value as [number, boolean?] : [];
      assertEquals([pid === Deno.pid, granted], [isolate === "worker", allowEnv]);
    }
  }
});

Deno.test("openHost: a Deno of the user's own that does not start is named, and nothing is left of it", async () => {
  const deno = `${import.meta.dirname}/no-such-deno`;
  await assertRejects(
    async () => {
      await using _slots = await openHost({ ...values, deno }, "process", { folder: ".", reads: ["."], reference }, {
        host: undefined,
        onForcedEnd,
      }, 1);
    },
    TandemError,
    "no-such-deno",
  );
});
