import { assertEquals, assertRejects } from "@std/assert";
import type { Host, HostedSlot } from "../../../lib/exec/host/host.ts";
import { startAhead } from "../../../lib/exec/host/start_ahead.ts";
import { n } from "../numbers.ts";

/** A host of slots that only tell whether they were terminated, and are gone some turns later. */
function quietHost(fails?: number): { readonly host: Host; readonly gone: number[] } {
  const gone: number[] = [];
  const host: Host = (generation) => {
    if (generation === fails) throw new Error("too many open files");
    const terminate = async () => {
      for (let turns = 0; turns < 10; turns++) await undefined;
      gone.push(generation);
    };
    return { terminate } as unknown as HostedSlot;
  };
  return { host, gone };
}

Deno.test("start ahead: disposing waits until the slots that nobody has taken are gone, and leaves the others", async () => {
  const { host, gone } = quietHost();
  const ahead = await startAhead(host, 3);
  ahead.host(n(2), () => {});
  await ahead[Symbol.asyncDispose]();
  assertEquals(gone, [1, 3]);
  await ahead[Symbol.asyncDispose]();
  assertEquals(gone, [1, 3]);
});

Deno.test("start ahead: if a slot cannot be started, those before it are gone", async () => {
  const { host, gone } = quietHost(3);
  await assertRejects(async () => void await startAhead(host, 4), Error, "too many open files");
  assertEquals(gone, [1, 2]);
});

Deno.test("start ahead: a slot that is taken is the one that was started, and its owner hears what it has said, in order", async () => {
  const made: HostedSlot[] = [];
  const says: ((kind: "paused" | "finished") => void)[] = [];
  const host: Host = (_, onMessage) => {
    says.push((kind) => onMessage({ kind }));
    const slot = { terminate: () => Promise.resolve() } as Partial<HostedSlot> as HostedSlot;
    made.push(slot);
    return slot;
  };
  await using ahead = await startAhead(host, 2);
  says[0]("paused");
  says[0]("finished");
  const heard: [slot: number, kind: string][] = [];
  const take = (generation: number) => ahead.host(n(generation), ({ kind }) => heard.push([generation, kind]));
  assertEquals([take(1) === made[0], take(2) === made[1], made.length], [true, true, 2]);
  says[0]("paused");
  says[1]("finished");
  assertEquals(heard, [[1, "paused"], [1, "finished"], [1, "paused"], [2, "finished"]]);
  assertEquals([take(3) === made[2], made.length], [true, 3], "it starts the others when they are wanted");
  says[2]("paused");
  assertEquals(heard.at(-1), [3, "paused"]);
});
