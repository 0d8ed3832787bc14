import type { ChildMeasurement } from "../child/child_main.ts";
import { runChild } from "../child/run_child.ts";
import { systemClock } from "../clock.ts";

interface ServerInput {
  /** How long an answer takes, in milliseconds. */
  readonly waitMs: number;
}

interface ServerReport {
  readonly port: number;
}

/** In a child: a server on the loopback interface that answers each request after the same time. */
export const httpServer: ChildMeasurement = async (input, report) => {
  const { waitMs } = input as ServerInput;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async () => {
    await systemClock.wait(waitMs).done;
    return new Response("answer");
  });
  await report({ port: server.addr.port } satisfies ServerReport);
  await server.finished;
};

/** Runs such a server in a process of its own while `use` does. */
export async function withHttpServer<T>(
  waitMs: number,
  signal: AbortSignal,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const started = Promise.withResolvers<number>();
  const ended = runChild<ServerReport>("http-server", { waitMs } satisfies ServerInput, {
    signal: AbortSignal.any([signal, over.signal]),
    onReport: ({ port }) => started.resolve(port),
  }).then((end) => started.reject(new Error(`the server of the requests has ended: ${JSON.stringify(end)}`)));
  try {
    return await use(`http://127.0.0.1:${await started.promise}/`);
  } finally {
    over.abort();
    await ended;
  }
}
