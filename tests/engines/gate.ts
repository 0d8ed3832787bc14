/** A server on loopback that answers when it is open, and lets requests wait while it is closed. */
export interface Gate extends AsyncDisposable {
  readonly url: string;
  open(): void;
  close(): void;
}

/** Starts a gate that is open. */
export function startGate(): Gate {
  let whenOpen = Promise.withResolvers<void>();
  whenOpen.resolve();
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  const server = Deno.serve(options, async () => {
    await whenOpen.promise;
    return new Response();
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    open: () => whenOpen.resolve(),
    close: () => void (whenOpen = Promise.withResolvers()),
    async [Symbol.asyncDispose]() {
      whenOpen.resolve();
      await server.shutdown();
    },
  };
}
