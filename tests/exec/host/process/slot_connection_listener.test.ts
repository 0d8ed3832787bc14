import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { UsageError } from "../../../../lib/errors.ts";
import { connectSlot, listenForSlot, removeWaitingSockets } from "../../../../lib/exec/host/process/slot_connection.ts";

const never = new Promise<never>(() => {});

/** The sockets of Unix, wherever they are tested; Windows has none. */
const sockets = Deno.build.os === "windows" ? [] : ["linux"] as const;

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

const folderOf = (address: string) => address.slice("unix:".length, -"/slot".length);

/** Runs `act` where temporary folders are made by this function. */
function withTempDirs<T>(make: typeof Deno.makeTempDirSync, act: () => T): T {
  const { makeTempDirSync } = Deno;
  Deno.makeTempDirSync = make;
  try {
    return act();
  } finally {
    Deno.makeTempDirSync = makeTempDirSync;
  }
}

for (const os of sockets) {
  Deno.test("slot listener: its socket is in a folder of this user's, which is gone when it is closed, connected or not wanted", async () => {
    const { listen } = Deno;
    const listeners: Deno.Listener[] = [];
    Deno.listen = ((options: never) => {
      const listener: Deno.Listener = listen(options);
      listeners.push(listener);
      return listener;
    }) as typeof listen;
    const [closed, connected, ended, cleaned] = Array.from({ length: 4 }, () => listenForSlot(os));
    Deno.listen = listen;
    const { mode } = Deno.statSync(folderOf(closed.address));
    assertEquals(mode! & 0o077, 0);
    closed.close();
    const [ours, theirs] = await Promise.all([connected.accept(never), connectSlot(connected.address)]);
    ours?.close();
    theirs.close();
    await ended.accept(Promise.reject(new Error("no status")));
    Deno.removeSync(folderOf(cleaned.address), { recursive: true }); // somebody tidies up the folder for temporary files
    cleaned.close();
    for (const { address } of [closed, connected, ended, cleaned]) assertEquals(exists(folderOf(address)), false);
    for (const listener of listeners) await assertRejects(() => listener.accept(), Error); // it is closed
  });

  Deno.test("slot listener: a program that ends removes the folders that no process has connected to", async () => {
    const [connected, waiting] = [listenForSlot(os), listenForSlot(os)];
    const [ours, theirs] = await Promise.all([connected.accept(never), connectSlot(connected.address)]);
    ours?.close();
    theirs.close();
    assertEquals(exists(folderOf(waiting.address)), true);
    removeWaitingSockets();
    assertEquals(exists(folderOf(waiting.address)), false);
    waiting.close();
  });

  Deno.test("slot listener: where the folder for temporary files has too long a name for a socket, it is in /tmp", () => {
    const { makeTempDirSync } = Deno;
    const made: string[] = [];
    const listener = withTempDirs(({ dir, prefix } = {}) => {
      const folder = makeTempDirSync({ dir, prefix: dir === undefined ? "x".repeat(100) : prefix });
      made.push(folder);
      return folder;
    }, () => listenForSlot(os));
    assertEquals([made.map(exists), folderOf(listener.address)], [[false, true], made[1]]);
    assert(made[1].startsWith("/tmp/"));
    listener.close();
  });

  Deno.test("slot listener: where no folder can be made, or no socket, the user hears why, and nothing is left", () => {
    const none = () =>
      withTempDirs(() => {
        throw new Deno.errors.NotFound("No such file or directory (os error 2): path '/none/tandem_1'");
      }, () => listenForSlot(os));
    const { message } = assertThrows(none, UsageError);
    assertEquals(
      message,
      "cannot make a socket for a process in the folder for temporary files: No such file or directory; " +
        "set TMPDIR to a folder that exists and can be written",
    );

    const { listen, makeTempDirSync } = Deno;
    let folder = "";
    Deno.listen = (() => {
      throw new Error("Too many open files (os error 24)");
    }) as unknown as typeof listen;
    try {
      const full = () => withTempDirs((given) => folder = makeTempDirSync(given), () => listenForSlot(os));
      assertThrows(full, UsageError, "Too many open files");
    } finally {
      Deno.listen = listen;
    }
    assertEquals([folder !== "", exists(folder)], [true, false]);
  });
}

Deno.test("slot listener: a token may come in pieces; who closes before the last one is rejected", async () => {
  const listener = listenForSlot("windows");
  const accepted = listener.accept(never);
  const [, port, token] = listener.address.split(":");
  const bytes = Uint8Array.fromHex(token);
  const connect = () => Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
  const hasty = await connect();
  await hasty.write(bytes.subarray(0, 31));
  hasty.close();
  const slow = await connect();
  await slow.write(bytes.subarray(0, 10));
  for (const byte of bytes.subarray(10)) await slow.write(Uint8Array.of(byte));
  const ours = await accepted;
  assert(ours !== undefined);
  await ours.write(Uint8Array.of(7));
  const answer = new Uint8Array(1);
  await slow.read(answer);
  assertEquals(answer, Uint8Array.of(7));
  ours.close();
  slow.close();
});

Deno.test("slot listener: a port is closed when its process was not started, and each has a token of its own", async () => {
  const [one, two] = [listenForSlot("windows"), listenForSlot("windows")];
  const tokens = [one, two].map(({ address }) => address.split(":")[2]);
  assertEquals([tokens[0].length, tokens[0] === tokens[1]], [64, false]);
  for (const listener of [one, two]) listener.close();
  const refused = await connectSlot(one.address).then((connection) => connection.close(), () => "refused");
  assertEquals(refused, "refused");
});
