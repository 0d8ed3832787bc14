import type { Clock } from "../clock.ts";
import type { Lab } from "./experiment.ts";
import { openThread } from "./experiment_thread.ts";
import { measurePairs, type Pairs } from "./pairs.ts";

/** Waits for all these times within one task. */
type WaitAll = (times: readonly number[], clock: Clock) => Promise<unknown>;

const join: WaitAll = (times, clock) => Promise.all(times.map((ms) => clock.wait(ms).done));

/** Measures three waits in one task against three in one thread. */
export async function measureWaits(lab: Lab, waitAll: WaitAll = join): Promise<Pairs> {
  const { clock } = lab;
  const times = Array(3).fill(waitMs(lab));
  using thread = await openThread("blockingWaits");
  const timed = async (side: () => Promise<unknown>) => {
    const startMs = clock.now();
    await side();
    return clock.now() - startMs;
  };
  const inTask = () => timed(() => waitAll(times, clock));
  const inThread = () =>
    timed(async () => {
      thread.send(times);
      for (const _ of times) await thread.receive();
    });
  return await measurePairs(inTask, inThread, lab);
}

/** So long that the rounds fill the time: in each, the two sides wait four times. */
function waitMs({ budgetMs, rounds }: Lab): number {
  return Math.min(40, Math.max(3, Math.floor(budgetMs / (4.5 * (Math.max(12, rounds) + 1)))));
}
