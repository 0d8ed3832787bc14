import { assert, assertEquals } from "@std/assert";
import type { HostedSlot, HostMessage } from "../../../../lib/exec/host/host.ts";
import { type Readable, readFrames } from "../../../../lib/exec/host/process/frames.ts";
import { Relay } from "../../../../lib/exec/host/process/relay.ts";
import { noPermissions } from "../../../../lib/exec/host/worker_host.ts";
import type { Part } from "../../../../lib/exec/wire/part.ts";
import type { FromProcess, ToProcess } from "../../../../lib/exec/wire/process_protocol.ts";
import { recordKind, type ToSlot } from "../../../../lib/exec/wire/protocol.ts";
import { chunkBytes, viewChunk } from "../../../../lib/exec/wire/result_chunks.ts";
import { n } from "../../numbers.ts";

/** A relay between a slot that the test plays and a parent that only listens. */
function relaying() {
  const sent: number[] = [];
  const asked: unknown[][] = [];
  const note = (kind: string) => (...given: unknown[]) => void asked.push([kind, ...given]);
  let say = (_: HostMessage) => {};
  let watched: { readonly limit: number; readonly passed: (usedBytes: number) => void } | undefined;
  let ends = 0;
  let ready: Promise<unknown> = Promise.resolve();
  /** The items in these parts are running. */
  const lastRunning = (parts: readonly Part[]) =>
    parts.flatMap(({ range: { first, end } }) =>
      Array.from({ length: end - first }, (_, i) => ({ item: n<never>(first + i), since: n<never>(9), waits: false }))
    );
  const slot = {
    post: note("post"),
    send: note("send"),
    reclaim: note("reclaim"),
    cancel: note("cancel"),
    lastRunning,
  } as Partial<HostedSlot> as HostedSlot;
  const relay = new Relay({
    connection: {
      async write(bytes) {
        await ready;
        for (const byte of bytes) sent.push(byte);
        return bytes.length;
      },
    },
    hostWith: (permissions) => (generation, onMessage) => {
      asked.push(["start", permissions, generation]);
      say = onMessage;
      return slot;
    },
    watchMemory: (limit, passed) => watched = { limit, passed },
    end: () => ends++,
  });
  return {
    asked,
    tell: (message: Partial<ToProcess> & { readonly kind: string }, body: Uint8Array = new Uint8Array()) =>
      relay.execute({ control: [0, 0, 0, 0], ...message } as ToProcess, body),
    say: (message: HostMessage) => say(message),
    /** The parent takes nothing until then. */
    holdUntil: (then: Promise<unknown>) => ready = then,
    get watched() {
      return watched;
    },
    get ends() {
      return ends;
    },
    /** What the parent has been sent since the last time, each with its body. */
    async sent(): Promise<[FromProcess, ...number[]][]> {
      await new Promise((resolve) => setImmediate(resolve)); // the writer writes
      const bytes = Uint8Array.from(sent.splice(0));
      let at = 0;
      const from: Readable = {
        read(into) {
          if (at === bytes.length) return Promise.resolve(null);
          const some = bytes.subarray(at, at + into.length);
          into.set(some);
          at += some.length;
          return Promise.resolve(some.length);
        },
      };
      const frames = await Array.fromAsync(readFrames<FromProcess>(from));
      return frames.map(({ header, body }) => [header, ...body]);
    },
  };
}

const started = { from: 1, to: 2 };

function load(more: Partial<ToSlot & { kind: "load" }> = {}, memory?: number) {
  const load = { kind: "load", generation: n(5), thread: 1, epoch: 10, probes: "none", ...more };
  return { kind: "load", load, started, resultBytes: 2 * chunkBytes, permissions: noPermissions, memory } as const;
}

/** A relay whose slot has loaded the job and got the items `0 .. count - 1`, each with one byte. */
async function loaded(count: number, memory?: number) {
  const relay = relaying();
  relay.tell(load({}, memory) as never);
  relay.say({ kind: "loaded", hasTeardown: false });
  const table = Array.from({ length: count }, (_, i) => [i, i + 1, i]).flat();
  const body = Uint8Array.from([...new Uint8Array(Int32Array.from(table).buffer), ...new Uint8Array(count)]);
  relay.tell({ kind: "items", first: n(0), count, firstLine: n(1), sentAt: 3 }, body);
  await relay.sent();
  return relay;
}

const rangesOf = (parts: unknown) => (parts as Part[]).map(({ range: { first, end } }) => [first, end]);
const items = (...numbers: number[]) => numbers.map((item) => ({ item, since: 9, waits: false }));

Deno.test("relay: starts the slot with its permissions, and gives it memory of its own, of the same size", () => {
  const relay = relaying();
  relay.tell({ ...load() as never as ToProcess, control: [0, 4, -1, 50, 1, 10] });
  const [start, [, message]] = relay.asked;
  assertEquals(start, ["start", noPermissions, 5]);
  const { control, results, epoch, ...rest } = message as ToSlot & { kind: "load" };
  assertEquals<unknown>(rest, { kind: "load", generation: 5, thread: 1, probes: "none" });
  assertEquals([[...control], results.byteLength], [[0, 4, -1, 50, 1, 10], 2 * chunkBytes]);
  assertEquals(epoch, 10 + performance.timeOrigin - started.to, "the parent's clock, as this process's tells it");
  relay.tell({ kind: "message", message: { kind: "stop" }, control: [1, 3, 7, 50, 0, 100] });
  assertEquals([...control], [1, 3, 7, 50, 0, 100]);
  assertEquals([relay.asked.at(-1), relay.watched], [["post", { kind: "stop" }], undefined]);
});

Deno.test("relay: what the slot says goes on as it is, but for what only its parent can know", async () => {
  const relay = relaying();
  relay.tell(load() as never);
  const messages = [{ kind: "loaded", hasTeardown: true }, { kind: "paused" }, { kind: "finished" }] as const;
  for (const message of messages) relay.say(message);
  relay.say({ kind: "crashed", error: { name: "", message: "" }, started: [] });
  assertEquals(await relay.sent(), messages.map((message) => [{ kind: "message", message }]));
});

Deno.test("relay: items are sent, cancelled and taken back by their numbers", async () => {
  const relay = await loaded(6);
  const [kind, part, sentAt] = relay.asked.at(-1)!;
  assertEquals([kind, rangesOf([part]), sentAt], ["send", [[0, 6]], 3]);
  relay.tell({ kind: "reclaim", ranges: [{ first: 4, end: 9 }] });
  assertEquals([relay.asked.at(-1)![0], rangesOf(relay.asked.at(-1)![1])], ["reclaim", [[4, 6]]]);
  relay.say({ kind: "reclaimed", ranges: [{ first: 5, end: 6 }] });
  assertEquals<unknown>(await relay.sent(), [[{ kind: "reclaimed", ranges: [{ first: 5, end: 6 }] }]]);
  relay.tell({ kind: "cancel", item: n(3) });
  assertEquals([relay.asked.at(-1)![0], rangesOf([relay.asked.at(-1)![1]])], ["cancel", [[3, 4]]]);
  const { length } = relay.asked;
  relay.tell({ kind: "cancel", item: n(5) }); // it was taken back in the meantime
  assertEquals(relay.asked.length, length);
  relay.tell({ kind: "running", question: 7 });
  assertEquals<unknown>(await relay.sent(), [[{ kind: "running", question: 7, items: items(0, 1, 2, 3, 4) }]]);
});

Deno.test("relay: results leave with their bytes; items that have ended are forgotten, and their chunk is free", async () => {
  const relay = await loaded(6);
  const { results } = relay.asked[1][1] as ToSlot & { kind: "load" };
  viewChunk(results, 1).set([10, 20, 30, 40, 50]);
  const stretches = [recordKind.ok, 0, 2, 2, recordKind.value, 4, 1, 1, recordKind.error, 5, 1, 1];
  relay.say({ kind: "results", chunk: 1, stretches, ms: 8, pendingMs: 9 });
  const message = { kind: "results", stretches, ms: 8, pendingMs: 9 };
  assertEquals<unknown>(await relay.sent(), [[{ kind: "message", message }, 10, 20, 30, 40]]);
  assertEquals(relay.asked.at(-1), ["post", { kind: "taken", bytes: 0, chunks: [1] }]);
  relay.say({ kind: "results", buffer: Uint8Array.of(1, 2).buffer, stretches: [0, 2, 1, 2], ms: 8, pendingMs: 9 });
  assertEquals((await relay.sent())[0].slice(1), [1, 2]);
  relay.say({ kind: "results", stretches: [], ms: 8, pendingMs: 9 });
  assertEquals((await relay.sent()).map(([, ...body]) => body), [[]]);
  assertEquals(relay.asked.at(-1), ["post", { kind: "taken", bytes: 0, chunks: [1] }], "nothing else was in a chunk");
  relay.tell({ kind: "running", question: 0 });
  assertEquals<unknown>(await relay.sent(), [[{ kind: "running", question: 0, items: items(3, 4) }]]);
});

Deno.test("relay: with all probes, results say what the process uses; otherwise they do not", async () => {
  for (const probes of ["all", "cpu"] as const) {
    const relay = relaying();
    relay.tell(load({ probes }) as never);
    relay.say({ kind: "results", stretches: [], ms: 8, pendingMs: 9 });
    const [[header]] = await relay.sent();
    assert(header.kind === "message" && header.message.kind === "results");
    assertEquals(header.message.processRssBytes !== undefined, probes === "all");
  }
});

Deno.test("relay: before a fatal error goes on, the parent hears what was running", async () => {
  const relay = await loaded(2);
  relay.say({ kind: "fatal", message: "bad" });
  assertEquals<unknown>(await relay.sent(), [
    [{ kind: "last", items: items(0, 1) }],
    [{ kind: "message", message: { kind: "fatal", message: "bad" } }],
  ]);
  assertEquals(relay.ends, 0, "the parent ends it");
});

Deno.test("relay: too much memory before the job has loaded means that the limit is too small", async () => {
  const relay = relaying();
  relay.tell(load({}, 2 ** 28) as never);
  assertEquals(relay.watched?.limit, 2 ** 28);
  relay.watched?.passed(300.4 * 2 ** 20);
  relay.watched?.passed(300.6 * 2 ** 20);
  const messages = ["300 MiB", "301 MiB"].map((used) => {
    const found = `its process uses ${used} before the first item, more than its limit`;
    return [{ kind: "message", message: { kind: "refused", found, code: "memory-too-small" } }];
  });
  assertEquals<unknown>([await relay.sent(), relay.ends], [messages, 0]);
});

Deno.test("relay: too much memory later ends the process, when the parent has heard all that came before, and what was running", async () => {
  const relay = await loaded(4, 2 ** 28);
  relay.watched?.passed(300);
  assertEquals([relay.asked.at(-1)![0], rangesOf(relay.asked.at(-1)![1])], ["reclaim", [[0, 4]]]);
  relay.say({ kind: "reclaimed", ranges: [{ first: 2, end: 4 }] });
  relay.say({ kind: "results", stretches: [recordKind.end, 0, 1, 0], ms: 1, pendingMs: 1 });
  const { promise, resolve } = Promise.withResolvers<void>();
  relay.holdUntil(promise);
  const sent = await relay.sent();
  sent.push(...await relay.sent());
  assertEquals(relay.ends, 0, "the parent has not read all of it");
  resolve();
  sent.push(...await relay.sent());
  assertEquals(sent.map(([{ kind }]) => kind), ["reclaimed", "message", "last"]);
  assertEquals<unknown>(sent[2], [{ kind: "last", items: items(1), usedBytes: 300 }]);
  assertEquals(relay.ends, 1);
  relay.say({ kind: "paused" });
  relay.tell({ kind: "running", question: 1 });
  assertEquals(await relay.sent(), []);
});
