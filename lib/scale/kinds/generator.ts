import type { Census, Parking } from "../parking.ts";

/** Generators that have yielded: the least that keeps a place in a function. Whoever holds one resumes it. */
export function parkGenerators(capacity: number, census: Census): Parking {
  const parked = new Array<Generator<void, void>>(capacity); // the size at once: growing would copy it
  const task = function* (): Generator<void, void> {
    yield;
    census.end();
  };
  return {
    start() {
      const generator = task();
      generator.next();
      parked[census.started++] = generator;
    },
    end() {
      for (let i = 0; i < census.started; i++) parked[i].next();
      return census.allEnded;
    },
  };
}
