/** What a loopback server has seen. */
export interface Seen {
  served: number;
  rejected: number;
  /** The most requests that it served at once. */
  most: number;
}

/** A loopback server that serves `most` requests at once, in `ms` each, and answers 429 to others at once. */
export function busyServer(
  most: number,
  ms: number,
): { readonly url: string; readonly seen: Seen; stop(): Promise<void> } {
  const seen: Seen = { served: 0, rejected: 0, most: 0 };
  let inFlight = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async () => {
    if (inFlight >= most) {
      seen.rejected++;
      return new Response("too many", { status: 429 });
    }
    seen.most = Math.max(seen.most, ++inFlight);
    await new Promise((resolve) => setTimeout(resolve, ms));
    inFlight--;
    seen.served++;
    return new Response("ok");
  });
  return { url: `http://127.0.0.1:${server.addr.port}/`, seen, stop: () => server.shutdown() };
}

/** A loopback server that answers after `ms`, and notes when requests came, and how many there were at once. */
export function startLog(ms = 0): {
  readonly url: string;
  /** In milliseconds. */
  readonly starts: readonly number[];
  most(): number;
  stop(): Promise<void>;
} {
  const starts: number[] = [];
  let [inFlight, most] = [0, 0];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async () => {
    starts.push(performance.now());
    most = Math.max(most, ++inFlight);
    if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    inFlight--;
    return new Response("ok");
  });
  return { url: `http://127.0.0.1:${server.addr.port}/`, starts, most: () => most, stop: () => server.shutdown() };
}
