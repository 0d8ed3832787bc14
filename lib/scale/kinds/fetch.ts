import type { Census, Parking } from "../parking.ts";

/** Async functions that await the answer of a server in another process, over loopback; it never comes. */
export function parkOnFetch(_capacity: number, census: Census, port: number): Parking {
  const stop = new AbortController();
  const refused = Promise.withResolvers<never>();
  refused.promise.catch(() => {}); // it may come before anyone waits for it
  const server = `http://127.0.0.1:${port}`;
  const task = async () => {
    try {
      await fetch(`${server}/park`, { signal: stop.signal });
    } catch (error) {
      if (!stop.signal.aborted) refused.reject(error);
    }
    census.end();
  };
  return {
    start() {
      census.started++;
      task();
    },
    async parked() {
      const answer = await Promise.race([fetch(`${server}/parked/${census.started}`), refused.promise]);
      await answer.body?.cancel();
    },
    end() {
      stop.abort();
      return census.allEnded;
    },
  };
}
