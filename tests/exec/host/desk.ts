/** How jobs and a test communicate: over a socket and through files, so that a job may be in any process. */
export interface Desk extends AsyncDisposable {
  /** The permissions of a job that uses the desk. */
  readonly permissions: { readonly net: string[]; readonly read: string[]; readonly write: string[] };
  /**
   * Source of functions for the job: `await tell(text)` resolves when the test lets the job go on; `blockUntilOpen()` blocks
   * the thread until the test opens the gate; `note(text)` writes a line that outlives the thread.
   */
  readonly code: string;
  /** The next call of `tell`: its text, and a function that lets the job go on. */
  next(): Promise<Visit>;
  /** Opens the gate: jobs that block their threads go on. */
  open(): void;
  /** The lines that jobs have written with `note`. */
  notes(): string[];
  /** Resolves when there is a line. A job that blocks its thread can write one too. */
  noted(): Promise<void>;
}

export interface Visit {
  readonly text: string;
  goOn(): void;
}

export function openDesk(): Desk {
  const folder = Deno.makeTempDirSync({ prefix: "tandem_desk_" });
  const [gate, log] = [`${folder}/closed`, `${folder}/log`];
  for (const file of [gate, log]) Deno.writeTextFileSync(file, "");
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const connections = new Set<Deno.Conn>();
  const visits: Visit[] = [];
  const waiting: ((visit: Visit) => void)[] = [];

  async function serve(): Promise<void> {
    for await (const connection of listener) {
      connections.add(connection);
      void receive(connection).catch(() => {}); // its thread is gone
    }
  }

  async function receive(connection: Deno.Conn): Promise<void> {
    const buffer = new Uint8Array(1024);
    const length = await connection.read(buffer) ?? 0;
    const visit = {
      text: new TextDecoder().decode(buffer.subarray(0, length)),
      goOn: () => void connection.write(new Uint8Array(1)).catch(() => {}),
    };
    const next = waiting.shift();
    if (next === undefined) visits.push(visit);
    else next(visit);
  }

  function notes(): string[] {
    return Deno.readTextFileSync(log).split("\n").slice(0, -1);
  }

  const served = serve();
  return {
    permissions: { net: [`127.0.0.1:${port}`], read: [folder], write: [folder] },
    code: `
      const deskNode = "Deno" in globalThis ? undefined : { fs: await import("node:fs"), net: await import("node:net") };
      function tellByNode(text) {
        return new Promise((resolve, reject) => {
          const socket = deskNode.net.connect(${port}, "127.0.0.1", () => socket.write(text));
          socket.once("data", () => resolve(void socket.destroy()));
          socket.once("error", reject);
        });
      }
      async function tell(text) {
        if (deskNode) return await tellByNode(text);
        const connection = await Deno.connect({ hostname: "127.0.0.1", port: ${port} });
        try {
          await connection.write(new TextEncoder().encode(text));
          await connection.read(new Uint8Array(1));
        } finally {
          connection.close();
        }
      }
      function blockUntilOpen() {
        const word = new Int32Array(new SharedArrayBuffer(4));
        while (!isOpen()) Atomics.wait(word, 0, 0, 1);
      }
      function isOpen() {
        try {
          return deskNode ? !deskNode.fs.statSync(${JSON.stringify(gate)}).isFile() : !Deno.statSync(${
      JSON.stringify(gate)
    }).isFile;
        } catch {
          return true; // even if the whole folder is gone
        }
      }
      function note(text) {
        const line = text + "\\n";
        if (deskNode) deskNode.fs.appendFileSync(${JSON.stringify(log)}, line);
        else Deno.writeTextFileSync(${JSON.stringify(log)}, line, { append: true });
      }`,
    next() {
      const visit = visits.shift();
      return visit ? Promise.resolve(visit) : new Promise((resolve) => waiting.push(resolve));
    },
    open: () => Deno.removeSync(gate),
    notes,
    async noted() {
      while (notes().length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      await served;
      for (const connection of connections) connection.close();
      Deno.removeSync(folder, { recursive: true });
    },
  };
}
