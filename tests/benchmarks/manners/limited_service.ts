/** A service that takes only so many requests: how many tokens its bucket gets in a second, and how many it holds. */
export interface ServiceLimit {
  readonly perSecond: number;
  readonly burst: number;
  /** How long it takes for an answer, in milliseconds. */
  readonly answerMs: number;
}

/** A loopback server with a token bucket. It answers with the path, or with 429 and the seconds until there is a token. */
export function limitedService(
  { perSecond, burst, answerMs }: ServiceLimit,
): { readonly url: string; rejected(): number; stop(): Promise<void> } {
  let [tokens, at, rejected] = [burst, performance.now(), 0];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async ({ url }) => {
    const now = performance.now();
    tokens = Math.min(burst, tokens + (now - at) * perSecond / 1000);
    at = now;
    if (tokens < 1) {
      rejected++;
      return new Response("too many requests", { status: 429, headers: { "retry-after": "1" } }); // it counts in seconds
    }
    tokens--;
    await new Promise((resolve) => setTimeout(resolve, answerMs));
    return new Response(new URL(url).pathname);
  });
  return { url: `http://127.0.0.1:${server.addr.port}/`, rejected: () => rejected, stop: () => server.shutdown() };
}
