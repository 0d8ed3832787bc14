import { assertEquals, assertRejects } from "@std/assert";
import { type JobWork, openCell, runItems, serialCell } from "../../lib/bench/job_work.ts";
import { ItemFailed, ThreadLost } from "../../lib/errors.ts";
import type { Host } from "../../lib/exec/host/host.ts";
import type { Cell } from "../../lib/model/grid.ts";
import { type FakeJob, fakeMachine } from "./fake_machine.ts";
import { numbered, workOn } from "./fake_work.ts";

const threads: Cell = { mode: "threads", threads: 2, tasks: 1 };

/** The outputs of 6 items. `lateAt`: before the results with these numbers, counted from 1, a slot reports an error of an item that has ended. */
async function run(
  job: FakeJob,
  cell: Cell,
  lateAt: readonly number[] = [],
  rest: Partial<JobWork> = {},
): Promise<string> {
  const machine = fakeMachine(job, { noise: 0 });
  let results = 0;
  const host: Host = (generation, onMessage) =>
    machine.host(generation, (message) => {
      if (message.kind === "results" && lateAt.includes(++results)) {
        onMessage({ kind: "uncaught", message: `late ${results}` });
      }
      onMessage(message);
    });
  const work = { ...workOn(machine), host, ...rest };
  const pool = await openCell(work, cell);
  const decoder = new TextDecoder();
  let outputs = "";
  try {
    await runItems(pool, work, numbered(6).bytes, { indexOf: (place) => 10 * place, cell }, {
      onDelivery: ({ bytes }) => void (outputs += decoder.decode(bytes)),
    });
  } finally {
    await pool.close();
  }
  return outputs;
}

Deno.test("runItems: outputs come in the order of their items, also if later ones end first", async () => {
  const slowFirst = { computingMs: (item: unknown) => item === 0 ? 50 : 1 };
  assertEquals(await run(slowFirst, threads), "0\n1\n2\n3\n4\n5\n");
});

Deno.test("runItems: errors that fail no item are told, and end nothing", async () => {
  const told: string[] = [];
  const onLateError = (message: string) => void told.push(message);
  assertEquals(await run({ computingMs: 1 }, serialCell, [2, 5], { onLateError }), "0\n1\n2\n3\n4\n5\n");
  assertEquals(told, ["late 2", "late 5"]);
});

Deno.test("runItems: an item that fails is named by the user's index, its error and where it ran", async () => {
  const failure = (place: number) => place === 4 ? "bad" : undefined;
  const { message } = await assertRejects(() => run({ computingMs: 1, failure }, threads), ItemFailed);
  assertEquals(message.split(";")[0], "item 41 failed in threads 2×1: Error: bad"); // counted from 1
});

Deno.test("runItems: a thread that was replaced is an error, whatever happens after that, and not of late errors", async () => {
  const crashing = { computingMs: 1, crashAfter: 3 };
  await assertRejects(() => run(crashing, serialCell), ThreadLost, "in serial 1×1 and was replaced");
  const told: string[] = [];
  const onLateError = (message: string) => void told.push(message);
  await assertRejects(() => run(crashing, serialCell, [4], { onLateError }), ThreadLost);
  assertEquals(told, ["late 4"]);
});
