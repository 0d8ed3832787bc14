import { assertEquals } from "@std/assert";
import type { HostedSlot } from "../../../lib/exec/host/host.ts";
import { giveBack, PoolSlot } from "../../../lib/exec/pool/pool_slot.ts";
import type { Taken } from "../../../lib/exec/pool/delivery.ts";
import type { ToSlot } from "../../../lib/exec/wire/protocol.ts";
import { n } from "../numbers.ts";

/** A slot, and what it has been told. */
function listening(generation = 1) {
  const posted: ToSlot[] = [];
  const hosted = { post: (message) => void posted.push(message) } as Partial<HostedSlot> as HostedSlot;
  return { slot: new PoolSlot(0, n(generation), new SharedArrayBuffer(), () => hosted), posted };
}

const credit = 800;

Deno.test("pool slot: credit is given back in eighths, with all chunks that are free by then", () => {
  const { slot, posted } = listening();
  slot.freeChunks.push(1);
  slot.taken(60, credit);
  slot.freeChunks.push(2);
  slot.taken(39, credit);
  assertEquals(posted, []);
  slot.taken(1, credit);
  assertEquals(posted, [{ kind: "taken", bytes: 100, chunks: [1, 2] }]);
  slot.taken(100, credit);
  assertEquals(posted.at(-1), { kind: "taken", bytes: 100, chunks: [] });
  slot.taken(99, credit);
  assertEquals(posted.length, 2);
});

Deno.test("pool slot: a slot that has paused gets at once what has been taken, and so goes on", () => {
  const { slot, posted } = listening();
  slot.taken(1, credit);
  slot.pause(false);
  assertEquals(posted, [{ kind: "taken", bytes: 1, chunks: [] }]);
  slot.taken(5, credit);
  assertEquals(posted.length, 1, "it goes on, and has not paused again");
  slot.pause(true);
  assertEquals(posted.at(-1), { kind: "taken", bytes: 5, chunks: [] }, "it has credit: more is not needed");
  slot.pause(false);
  assertEquals(posted.length, 2, "nothing has been taken since");
  slot.taken(1, credit);
  assertEquals(posted.at(-1), { kind: "taken", bytes: 1, chunks: [] });
});

Deno.test("pool slot: without credit it may start the item that the output waits for", () => {
  const { slot, posted } = listening();
  slot.pause(true);
  assertEquals([posted, slot.paused], [[{ kind: "resume" }], true]);
});

Deno.test("pool slot: what has been taken goes back to the generation that it came from", () => {
  const [one, two, gone] = [listening(1), listening(2), listening(3)];
  const taken: Taken = {
    items: 3,
    bytes: 300,
    byGeneration: new Map([[n(1), 200], [n(3), 150]]),
    values: [{ generation: n(1), item: n(7), bytes: 20 }, { generation: n(3), item: n(8), bytes: 30 }],
    chunks: [{ generation: n(3), chunk: 5 }, { generation: n(1), chunk: 4 }, { generation: n(2), chunk: 6 }],
  };
  giveBack([one.slot, two.slot], taken, credit);
  assertEquals<unknown>(one.posted, [
    { kind: "taken", bytes: 200, chunks: [4] },
    { kind: "takenOf", item: 7, bytes: 20 },
  ]);
  assertEquals([two.posted, two.slot.freeChunks, gone.posted], [[], [6], []]);
});
