/** A server on the loopback interface, and its URL. */
interface Server {
  readonly url: string;
  readonly server: Deno.HttpServer;
}

/** Waits: gets a page from a server that answers after `ms` milliseconds. */
export default async function http(ms: number, { state }: { readonly state: unknown }): Promise<number> {
  const response = await fetch(`${(state as Server).url}?ms=${ms}`);
  return (await response.text()).length;
}

/** Each thread has its own server, on a free port. The server's computing counts too, the same in all modes. */
export function setup(): Server {
  const options = { hostname: "127.0.0.1", port: 0, onListen() {} };
  const server = Deno.serve(options, async (request) => {
    const ms = Number(new URL(request.url).searchParams.get("ms"));
    await new Promise((resolve) => setTimeout(resolve, ms));
    return new Response("x".repeat(1_000));
  });
  return { url: `http://127.0.0.1:${server.addr.port}/`, server };
}

export async function teardown(state: unknown): Promise<void> {
  await (state as Server).server.shutdown();
}

/**
 * Few, long requests: then the computing of client and server, 0.3 to 0.5 ms for each request, is negligible compared with
 * the waiting. 64 answers of 5 ms in tasks of one thread are bound by that computing: two threads were 1.26 times faster.
 */
export const items: readonly number[] = Array.from({ length: 8 }, () => 80);
