/**
 * The server of tasks that wait for an answer, in a child of its own, so that its memory is not theirs. It reports its port.
 * `/park` is never answered; `/parked/N` is, as soon as N requests wait.
 */
export async function serveParked(_input: unknown, report: (port: unknown) => Promise<void>): Promise<void> {
  let parked = 0;
  const asked: { readonly count: number; readonly answer: () => void }[] = [];
  const answerReached = () => asked.forEach(({ count, answer }) => parked >= count && answer());
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, ({ url, signal }) => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    const [, wanted] = /\/parked\/(\d+)$/.exec(url) ?? [];
    if (wanted !== undefined) {
      asked.push({ count: Number(wanted), answer: () => resolve(new Response("parked")) });
    } else {
      parked++;
      signal.addEventListener("abort", () => parked--);
    }
    answerReached();
    return promise;
  });
  await report(server.addr.port);
  await server.finished;
}
