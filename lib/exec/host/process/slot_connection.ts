import { systemReason, UsageError } from "../../../errors.ts";

/** Accepts the one connection of a slot's process. */
export interface SlotListener {
  readonly address: string;
  /** Resolves to the connection; undefined if the process ended without connecting. Closes the listener either way. */
  accept(ended: Promise<unknown>): Promise<Deno.Conn | undefined>;
  /** Closes a listener of a process that was not started. */
  close(): void;
}

/**
 * Listens on a Unix socket in a folder that only this user can enter; on Windows, on a local port, with a token.
 *
 * @throws {UsageError} there is no folder for temporary files, or too many files are open
 */
export function listenForSlot(os = Deno.build.os): SlotListener {
  try {
    return os === "windows" ? listenOnPort() : listenOnSocket();
  } catch (error) {
    const found = `cannot make a socket for a process in the folder for temporary files: ${systemReason(error)}`;
    throw new UsageError(`${found}; set TMPDIR to a folder that exists and can be written`);
  }
}

/** Folders of sockets that their processes have not connected to yet. */
const waiting = new Set<string>();

/** Removes the folders of sockets that no process will connect to, because this program ends now and takes the processes with it. */
export function removeWaitingSockets(): void {
  for (const folder of waiting) removeFolder(folder);
}

/** A socket's path has at most 103 bytes on macOS, 107 on Linux. */
const maxFolderBytes = 90;

function listenOnSocket(): SlotListener {
  let folder = Deno.makeTempDirSync({ prefix: "tandem_" });
  if (folder.length > maxFolderBytes) {
    Deno.removeSync(folder);
    folder = Deno.makeTempDirSync({ dir: "/tmp", prefix: "tandem_" });
  }
  const path = `${folder}/slot`;
  waiting.add(folder);
  const remove = () => {
    waiting.delete(folder);
    removeFolder(folder);
  };
  let listener: Deno.Listener;
  try {
    listener = Deno.listen({ transport: "unix", path });
  } catch (error) {
    remove();
    throw error;
  }
  return {
    address: `unix:${path}`,
    async accept(ended) {
      try {
        return await firstOf(listener, ended, () => Promise.resolve(true));
      } finally {
        remove();
      }
    },
    close() {
      listener.close();
      remove();
    },
  };
}

/** Somebody may have removed it already, with all that is in the folder for temporary files. */
function removeFolder(folder: string): void {
  try {
    Deno.removeSync(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Removes a socket and its folder, and nothing else that is there. Our parent does so too, and may be first. */
function removeSocket(path: string): void {
  try {
    if (!Deno.lstatSync(path).isSocket) return;
    Deno.removeSync(path);
    Deno.removeSync(path.replace(/\/[^/]*$/, ""));
  } catch {
    // it has been removed, or it is not ours
  }
}

const tokenBytes = 32;

function listenOnPort(): SlotListener {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const token = crypto.getRandomValues(new Uint8Array(tokenBytes));
  return {
    address: `tcp:${listener.addr.port}:${token.toHex()}`,
    accept: (ended) =>
      firstOf(listener, ended, async (connection) => {
        const received = new Uint8Array(tokenBytes);
        for (let length = 0; length < tokenBytes;) {
          const count = await connection.read(received.subarray(length));
          if (count === null) return false;
          length += count;
        }
        return received.every((byte, i) => byte === token[i]);
      }),
    close: () => listener.close(),
  };
}

/** Resolves to the first trusted connection; undefined if the process ends first. */
async function firstOf(
  listener: Deno.Listener,
  ended: Promise<unknown>,
  isTrusted: (connection: Deno.Conn) => Promise<boolean>,
): Promise<Deno.Conn | undefined> {
  let open = true;
  const close = () => {
    if (open) listener.close();
    open = false;
  };
  void ended.then(close, close);
  try {
    while (true) {
      const connection = await listener.accept();
      if (await isTrusted(connection)) return connection;
      connection.close();
    }
  } catch {
    return undefined; // closed, because the process has ended
  } finally {
    close();
  }
}

/** Connects to the address of a listener. A socket is removed then: our parent may have been killed, and cannot do it. */
export async function connectSlot(address: string): Promise<Deno.Conn> {
  const [kind, place] = address.split(/:(.*)/s);
  if (kind === "unix") {
    try {
      return await Deno.connect({ transport: "unix", path: place });
    } finally {
      removeSocket(place);
    }
  }
  const [port, hex] = place.split(":");
  const connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
  const bytes = Uint8Array.fromHex(hex);
  for (let written = 0; written < bytes.length;) written += await connection.write(bytes.subarray(written));
  return connection;
}
