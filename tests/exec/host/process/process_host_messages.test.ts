import { assert, assertEquals } from "@std/assert";
import { wireVersion } from "../../../../lib/exec/host/process/frames.ts";
import { RelayBlocks } from "../../../../lib/exec/host/process/relay_blocks.ts";
import { noPermissions } from "../../../../lib/exec/host/worker_host.ts";
import { BlockStore } from "../../../../lib/exec/input/block_store.ts";
import { endOf, isTooLong, lineOf, startOf } from "../../../../lib/exec/wire/block.ts";
import type { Part } from "../../../../lib/exec/wire/part.ts";
import type { FromSlot, RunningSince, ToSlot } from "../../../../lib/exec/wire/protocol.ts";
import { n } from "../../numbers.ts";
import { connect, fakeProcess, hello, until } from "./fake_child.ts";

const control = Int32Array.from([0, 4, -1, 100]);
const load = { kind: "load", thread: 0, control, results: new SharedArrayBuffer(64) } as ToSlot & { kind: "load" };

function running(...items: number[]): RunningSince[] {
  return items.map((item) => ({ item: n(item), since: n(100 + item), waits: false }));
}

/** Parts of items, of which only the numbers matter. */
function partsOf(...ranges: [first: number, end: number][]): Part[] {
  return ranges.map(([first, end]) => ({ held: {} as Part["held"], from: n(0), range: { first, end } }));
}

/** The frame that tells the process to load the job: nothing else is sent before. */
async function opened(options: Parameters<typeof fakeProcess>[0] = {}) {
  const { slot, heard, child } = fakeProcess(options);
  slot.post(load);
  const process = await connect(child);
  const first = await process.next();
  return { slot, heard, child, process, first };
}

Deno.test("process slot: when the process has connected it is told what to load, and when it was started", async () => {
  const { slot, process, first: { header }, child } = await opened({ memory: 2 ** 30 });
  assert(header.kind === "load");
  const { started, ...rest } = header;
  const { control: _, results: __, ...sent } = load;
  const expected = { kind: "load", load: sent, resultBytes: 64, permissions: noPermissions, memory: 2 ** 30 };
  assertEquals<unknown>(rest, { ...expected, control: [0, 4, -1, 100] });
  assert(0 < started.from && started.from <= started.to);
  process.close();
  await slot.terminate();
  assertEquals(child.kills, 1);
});

Deno.test("process slot: a process of another wire version is refused, and told nothing", async () => {
  const { slot, heard, child } = fakeProcess();
  slot.post(load);
  const process = await connect(child, {
    ...hello,
    wire: wireVersion + 1,
    runtime: { name: "node", version: "24.1.0" },
  });
  await until(() => heard.length > 0);
  const found = `its process (node 24.1.0) speaks version ${
    wireVersion + 1
  } of our protocol, this program ${wireVersion}`;
  assertEquals(heard, [{ kind: "refused", found }]);
  await slot.terminate();
  assertEquals(await process.isClosed(), true, "no frame came");
  process.close();
});

Deno.test("process slot: a process that cannot deny what is not granted whole is refused", async () => {
  const permissions = { read: ["/project"], net: ["localhost"], sys: true, run: true, ffi: true };
  const told = { ...hello, runtime: { name: "node", version: "24.1.0" }, denies: ["read", "write", "import"] } as const;
  const found = "node 24.1.0 cannot deny a job these permissions: net, env";
  for (
    const [denies, expected] of [[[], [{ kind: "refused", code: "not-denied", found }]], [["net", "env"], []]] as const
  ) {
    const command = { program: "tandem", args: ["slot"], denies };
    const { slot, heard, child } = fakeProcess({ permissions, command });
    slot.post(load);
    const process = await connect(child, told);
    if (expected.length > 0) await until(() => heard.length > 0);
    else assertEquals((await process.next()).header.kind, "load");
    assertEquals<unknown>(heard, expected);
    await slot.terminate();
    process.close();
  }
});

Deno.test("process slot: each message brings the words of the shared memory as they are then", async () => {
  const { slot, process } = await opened();
  slot.post({ kind: "resume" });
  Atomics.store(control, 1, 7);
  slot.reclaim(partsOf([2, 5], [8, 9]));
  slot.cancel(partsOf([4, 5])[0]);
  Atomics.store(control, 1, 4);
  const frames = [await process.next(), await process.next(), await process.next()].map(({ header }) => header);
  assertEquals<unknown>(frames, [
    { kind: "message", message: { kind: "resume" }, control: [0, 4, -1, 100] },
    { kind: "reclaim", ranges: [{ first: 2, end: 5 }, { first: 8, end: 9 }], control: [0, 7, -1, 100] },
    { kind: "cancel", item: 4, control: [0, 7, -1, 100] },
  ]);
  process.close();
  await slot.terminate();
});

Deno.test("process slot: items arrive as they stand in main's blocks, too long ones too", async () => {
  const { slot, process } = await opened();
  const blocks = new BlockStore({ items: 9, bytes: 100 });
  const texts = ["", "first", "one", undefined, "", "four", undefined, undefined];
  for (const [i, text] of texts.entries()) {
    if (text === undefined) blocks.appendTooLong(n(10 + 2 * i));
    else blocks.append(new TextEncoder().encode(text), n(10 + 2 * i));
  }
  for (const range of [{ first: 2, end: 6 }, { first: 6, end: 8 }, { first: 4, end: 5 }, { first: 0, end: 1 }]) {
    for (const part of blocks.parts(range)) slot.send(part, 12.5);
    const { header, body } = await process.next();
    assert(header.kind === "items");
    assertEquals([header.sentAt, Number(header.first), header.count], [12.5, range.first, range.end - range.first]);
    const { held: { block, firstLine }, from } = new RelayBlocks().add(header, body);
    for (let i = 0; i < header.count; i++) {
      const [place, expected] = [n<Part["from"]>(from + i), texts[range.first + i]];
      assertEquals(Number(lineOf(block, place, firstLine)), 10 + 2 * (range.first + i));
      assertEquals(isTooLong(block, place), expected === undefined);
      const [start, end] = new Int32Array(body.slice(12 * i, 12 * i + 8).buffer);
      assertEquals(expected === undefined ? [start, end] : end - start, expected?.length ?? [-1, -1]);
      const bytes = block.bytes.slice(startOf(block, place), endOf(block, place));
      if (expected !== undefined) assertEquals(new TextDecoder().decode(bytes), expected);
    }
    const bytes = texts.slice(range.first, range.end).join("").length;
    assertEquals(body.length, header.count * 12 + bytes, "and nothing else");
  }
  process.close();
  await slot.terminate();
});

Deno.test("process slot: what the process says arrives in order, results with their bytes", async () => {
  const { slot, process, heard } = await opened();
  const results = { kind: "results", stretches: [0, 1, 1, 2], ms: 1, pendingMs: 0 } as const;
  process.say({ kind: "message", message: { kind: "loaded", hasTeardown: false } });
  process.say({ kind: "message", message: results }, new TextEncoder().encode("1\n"));
  process.say({ kind: "reclaimed", ranges: [{ first: 2, end: 3 }] });
  await until(() => heard.length === 3);
  const [loaded, { buffer, ...rest }, reclaimed] = heard as [FromSlot, FromSlot & { kind: "results" }, unknown];
  assertEquals([loaded, rest, reclaimed], [
    { kind: "loaded", hasTeardown: false },
    results,
    { kind: "reclaimed", ranges: [{ first: 2, end: 3 }] },
  ]);
  assertEquals(new TextDecoder().decode(buffer), "1\n");
  process.close();
  await slot.terminate();
});

Deno.test("process slot: each question for what runs has its own answer, of the items that were asked for", async () => {
  const { slot, process } = await opened();
  assertEquals(await slot.running([]), []);
  const answers = [slot.running(partsOf([0, 2], [5, 6])), slot.running(partsOf([2, 5]))];
  const questions = [await process.next(), await process.next()].map(({ header }) => header);
  assert(questions[0].kind === "running" && questions[1].kind === "running");
  process.say({ kind: "running", question: questions[1].question, items: running(1, 2, 4, 5) });
  process.say({ kind: "running", question: questions[0].question, items: running(0, 2, 5, 6) });
  assertEquals(await Promise.all(answers), [running(0, 5), running(2, 4)]);
  const unanswered = slot.running(partsOf([0, 9]));
  const gone = slot.terminate();
  assertEquals(await unanswered, [], "it is gone");
  assertEquals(await slot.running(partsOf([0, 9])), []);
  process.close();
  await gone;
});
