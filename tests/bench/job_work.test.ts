import { assertEquals } from "@std/assert";
import { openCell, runItems, serialCell } from "../../lib/bench/job_work.ts";
import { systemClock } from "../../lib/clock.ts";
import { workerHost } from "../../lib/exec/host/worker_host.ts";

/** Says whether Node's `process` is there, which the first reading of a thread's processor time makes in 10 ms. */
const job = `export default () => Deno[Deno.internal].__nodeProcessBootstrapped === true;`;

Deno.test("openCell: the slow first reading of the processor time is over before the first item, and so not in a timed span", async () => {
  const work = {
    job: { kind: "module", url: `data:text/javascript,${encodeURIComponent(job)}` },
    name: "job",
    input: "json",
    host: workerHost(),
    clock: systemClock,
    signal: new AbortController().signal,
  } as const;
  const pool = await openCell(work, serialCell);
  const seen: string[] = [];
  try {
    await runItems(pool, work, [new TextEncoder().encode("1")], { indexOf: (place) => place, cell: serialCell }, {
      onDelivery: ({ bytes }) => seen.push(new TextDecoder().decode(bytes)),
    });
  } finally {
    await pool.close();
  }
  assertEquals(seen, ["true\n"]);
});
