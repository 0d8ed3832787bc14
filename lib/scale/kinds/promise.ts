import type { Census, Parking } from "../parking.ts";

/** Async functions that await one promise, which all share: what a task costs without what it waits for. */
export function parkOnPromise(_capacity: number, census: Census): Parking {
  const gate = Promise.withResolvers<void>();
  const task = async () => {
    census.started++;
    await gate.promise;
    census.end();
  };
  return {
    start: () => void task(),
    end() {
      gate.resolve();
      return census.allEnded;
    },
  };
}
