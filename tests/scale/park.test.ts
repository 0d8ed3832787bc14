import { assert, assertEquals, assertRejects } from "@std/assert";
import { type TaskKind, taskKinds } from "../../lib/model/scale.ts";
import { type Kinds, kinds, park } from "../../lib/scale/park.ts";
import type { MakeParking } from "../../lib/scale/parking.ts";
import type { ParkReport } from "../../lib/scale/wire.ts";

/** Parks tasks in this process, and returns what is reported. */
async function parked(kind: TaskKind, alive: number, table?: Kinds): Promise<ParkReport[]> {
  const reports: ParkReport[] = [];
  const input = { kind, alive, port: 0, maxBytes: 2 ** 40, maxMs: 60_000 };
  await park(input, (report) => Promise.resolve(void reports.push(report)), table);
  return reports;
}

/** A table whose promises are parked like this. */
const mutant = (make: MakeParking): Kinds => ({ ...kinds, promise: () => Promise.resolve(make) });

for (const kind of taskKinds.filter((kind) => kind !== "fetch")) {
  Deno.test(`park: ${kind}: all wait, all end, and nothing is left`, async () => {
    const reports = await parked(kind, 250);
    assertEquals(reports.map(({ kind }) => kind), ["limits", "alive", "parked", "ended"]);
    const [, alive] = reports;
    assert(alive.kind === "alive" && alive.alive === 250);
  });
}

Deno.test("park: the caps are looked at every 10,000 tasks", async () => {
  const counts = (await parked("generator", 25_000)).flatMap((report) => report.kind === "alive" ? [report.alive] : []);
  assertEquals(counts, [10_000, 20_000, 25_000]);
});

Deno.test("planted: tasks that do not wait are noticed", async () => {
  const table = mutant((_, census) => ({
    start() {
      census.started++;
      census.end();
    },
    end: () => census.allEnded,
  }));
  await assertRejects(() => parked("promise", 10, table), Error, "10 of 10 did not wait");
});

Deno.test("planted: a task that ends in the next turn is noticed", async () => {
  const table = mutant((_, census) => ({
    start() {
      census.started++;
      if (census.started % 7 === 0) queueMicrotask(() => census.end());
    },
    end() {
      while (census.ended < census.started) census.end();
      return census.allEnded;
    },
  }));
  await assertRejects(() => parked("promise", 30, table), Error, "4 of 30 did not wait");
});

Deno.test("planted: tasks that do not end are noticed", async () => {
  const table = mutant((_, census) => ({ start: () => void census.started++, end: () => Promise.resolve() }));
  await assertRejects(() => parked("promise", 10, table), Error, "10 of 10 did not end");
});
