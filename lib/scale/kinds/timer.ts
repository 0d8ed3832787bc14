import type { Census, Parking } from "../parking.ts";

/** How long the tasks would sleep. */
const sleepMs = 3_600_000;

/** Async functions that await a `setTimeout` of their own. */
export function parkOnTimers(capacity: number, census: Census): Parking {
  const wakers = new Array<() => void>(capacity);
  const timers = new Array<ReturnType<typeof setTimeout>>(capacity);
  const task = async (i: number) => {
    await new Promise<void>((resolve) => {
      wakers[i] = resolve;
      timers[i] = setTimeout(resolve, sleepMs);
    });
    census.end();
  };
  return {
    start: () => void task(census.started++),
    end() {
      for (let i = 0; i < census.started; i++) {
        clearTimeout(timers[i]);
        wakers[i]();
      }
      return census.allEnded;
    },
  };
}
