import { assert, assertEquals, assertRejects } from "@std/assert";
import { connectSlot, listenForSlot } from "../../../../lib/exec/host/process/slot_connection.ts";

/** A socket as somebody leaves it who was killed. */
function deadSocket(path: string): void {
  using _listener = Deno.listen({ transport: "unix", path: `${path}.listening` });
  Deno.renameSync(`${path}.listening`, path); // closing it removes what has its first name
}

const never = new Promise<never>(() => {});

for (const os of Deno.build.os === "windows" ? ["windows"] as const : ["linux", "windows"] as const) {
  const name = os === "windows" ? "a port with a token" : "a Unix socket";

  Deno.test(`slot connection: ${name}: what one end writes the other reads`, async () => {
    const listener = listenForSlot(os);
    const [ours, theirs] = await Promise.all([listener.accept(never), connectSlot(listener.address)]);
    assert(ours !== undefined);
    await ours.write(new Uint8Array([1, 2, 3]));
    const buffer = new Uint8Array(10);
    assertEquals(await theirs.read(buffer), 3);
    ours.close();
    assertEquals(await theirs.read(buffer), null);
    theirs.close();
  });

  Deno.test(`slot connection: ${name}: a process that ends without connecting leaves nothing open`, async () => {
    assertEquals(await listenForSlot(os).accept(Promise.resolve()), undefined);
  });
}

Deno.test({
  name: "slot connection: the process removes a socket whose listener was killed, and nothing else",
  ignore: Deno.build.os === "windows",
  async fn() {
    const root = Deno.makeTempDirSync();
    const folders = ["dead", "shared", "own"].map((name) => `${root}/${name}`);
    for (const folder of folders) {
      Deno.mkdirSync(folder);
      if (folder.endsWith("/own")) Deno.writeTextFileSync(`${folder}/slot`, "no socket");
      else deadSocket(`${folder}/slot`);
    }
    Deno.writeTextFileSync(`${root}/shared/file`, "");
    for (const folder of folders) await assertRejects(() => connectSlot(`unix:${folder}/slot`));
    const left = ["shared", "own"].flatMap((name) => [...Deno.readDirSync(`${root}/${name}`)].map(({ name }) => name));
    assertEquals([[...Deno.readDirSync(root)].length, left], [2, ["file", "slot"]]);
    Deno.removeSync(root, { recursive: true });
  },
});

Deno.test({
  name: "slot connection: a socket is in the folder for temporary files, or in /tmp where its path would be too long",
  ignore: Deno.build.os === "windows",
  fn() {
    const root = Deno.makeTempDirSync();
    const given = Deno.env.get("TMPDIR");
    const folderOf = (temporary: string) => {
      Deno.mkdirSync(temporary, { recursive: true });
      Deno.env.set("TMPDIR", temporary);
      const listener = listenForSlot();
      listener.close();
      return listener.address.replace(/^unix:(.*)\/tandem_\w+\/slot$/, "$1");
    };
    try {
      for (const temporary of [`${root}/short`, `${root}/${"x".repeat(90)}`]) {
        assertEquals(folderOf(temporary), temporary.endsWith("x") ? "/tmp" : temporary);
        assertEquals([...Deno.readDirSync(temporary)], []);
      }
    } finally {
      if (given === undefined) Deno.env.delete("TMPDIR");
      else Deno.env.set("TMPDIR", given);
      Deno.removeSync(root, { recursive: true });
    }
  },
});

Deno.test("slot connection: a token that leaves in pieces arrives whole", async () => {
  const { connect } = Deno;
  const sent: number[] = [];
  const write = ([first]: Uint8Array) => (sent.push(first), Promise.resolve(1));
  Deno.connect = () => Promise.resolve({ write } as Partial<Deno.Conn> as never);
  try {
    await connectSlot("tcp:1:00ff10");
  } finally {
    Deno.connect = connect;
  }
  assertEquals(sent, [0, 255, 16]);
});

Deno.test("slot connection: a client without the token is rejected, and the slot can still connect", async () => {
  const listener = listenForSlot("windows");
  const accepted = listener.accept(never);
  const [, port, token] = listener.address.split(":");
  const wrong = token.replaceAll(/./g, (digit) => digit === "0" ? "1" : "0");
  const stranger = await connectSlot(`tcp:${port}:${wrong}`);
  assertEquals(await stranger.read(new Uint8Array(1)).catch(() => null), null);
  stranger.close();
  const slot = await connectSlot(listener.address);
  (await accepted)?.close();
  slot.close();
});
