/** How many requests the server answers at once at its best, and how long that takes, in milliseconds. */
const [most, answerMs] = [50, 50];

/** A loopback server whose answers take longer, the more requests beyond 50 it has at once: (n / 50) ** 1.5 times as long. */
export function crowdedService(): { readonly url: string; stop(): Promise<void> } {
  let requests = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async () => {
    requests++;
    const ms = answerMs * Math.max(1, requests / most) ** 1.5;
    await new Promise((resolve) => setTimeout(resolve, ms));
    requests--;
    return new Response("ok");
  });
  return { url: `http://127.0.0.1:${server.addr.port}/`, stop: () => server.shutdown() };
}
