import { permissionKinds } from "../../../../lib/exec/wire/protocol.ts";
import { nextTurn } from "../../../../lib/clock.ts";
import type { HostMessage } from "../../../../lib/exec/host/host.ts";
import { FrameWriter, readFrames, wireVersion } from "../../../../lib/exec/host/process/frames.ts";
import { processHost } from "../../../../lib/exec/host/process/process_host.ts";
import { connectSlot } from "../../../../lib/exec/host/process/slot_connection.ts";
import { noPermissions } from "../../../../lib/exec/host/worker_host.ts";
import type { FromProcess, ToProcess } from "../../../../lib/exec/wire/process_protocol.ts";
import { n } from "../../numbers.ts";

/** A process identifier that no process has. */
const nobody = 2 ** 30;

/** A child process that does nothing: the test ends it, and writes what it writes. */
export class FakeChild {
  readonly pid = nobody;
  readonly ended = Promise.withResolvers<Deno.CommandStatus>();
  readonly status = this.ended.promise;
  readonly input: number[] = [];
  inputEnded = false;
  readonly stdin = new WritableStream<Uint8Array>({
    write: (bytes) => void this.input.push(...bytes),
    close: () => void (this.inputEnded = true),
  });
  #output: ReadableStreamDefaultController<Uint8Array> | undefined;
  readonly stdout = new ReadableStream<Uint8Array>({ start: (output) => void (this.#output = output) });
  kills = 0;
  /** It takes a while until it is gone. */
  lingers = false;

  constructor(readonly program: string, readonly options: Deno.CommandOptions & { readonly args: string[] }) {}

  get address(): string {
    return this.options.args.at(-1) ?? "";
  }

  write(text: string): void {
    this.#output?.enqueue(new TextEncoder().encode(text));
  }

  end(status: Partial<Deno.CommandStatus> = {}): void {
    this.ended.resolve({ success: false, code: 0, signal: null, ...status });
  }

  kill(): void {
    this.kills++;
    if (!this.lingers) this.end({ code: 137, signal: "SIGKILL" });
  }
}

/** Runs `act` where programs are started by this function. */
function withPrograms<T>(start: (program: string, options: FakeChild["options"]) => FakeChild, act: () => T): T {
  const { Command } = Deno;
  Deno.Command = class {
    constructor(readonly program: string, readonly options: FakeChild["options"]) {}
    spawn() {
      return start(this.program, this.options);
    }
  } as unknown as typeof Command;
  try {
    return act();
  } finally {
    Deno.Command = Command;
  }
}

/** Lets the event loop go on until something is true. */
export async function until(isTrue: () => boolean): Promise<void> {
  for (let turns = 0; !isTrue(); turns++) {
    if (turns > 20_000) throw new Error(`it never came: ${isTrue}`);
    await nextTurn();
  }
}

type Options = Partial<Parameters<typeof processHost>[0]>;

/** A process slot over a child that does nothing, and what the slot has said. */
export function fakeProcess(options: Options = {}) {
  const heard: HostMessage[] = [];
  const children: FakeChild[] = [];
  const start = (program: string, given: FakeChild["options"]) => {
    children.push(new FakeChild(program, given));
    return children[0];
  };
  const command = { program: "tandem", args: ["slot"] };
  const host = processHost({ command, permissions: noPermissions, ...options });
  const slot = withPrograms(start, () => host(n(3), (message) => void heard.push(message)));
  return { slot, heard, child: children[0] };
}

/** A slot whose program cannot be started. */
export function unstarted(why: Error): void {
  const start = () => {
    throw why;
  };
  withPrograms(start, () => processHost({ command: { program: "none", args: [] }, permissions: {} })(n(1), () => {}));
}

/** What a process of our own program says first. */
export const hello = {
  kind: "hello",
  wire: wireVersion,
  runtime: { name: "deno", version: "2.9.6" },
  denies: permissionKinds,
} as const satisfies FromProcess;

/** The process's end of its connection. `first`: what it says of itself; undefined: nothing. */
export async function connect(child: FakeChild, first: FromProcess | undefined = hello) {
  const connection = await connectSlot(child.address);
  const writer = new FrameWriter();
  writer.open(connection);
  if (first !== undefined) writer.send(first);
  const frames = readFrames<ToProcess>(connection);
  return {
    say: (message: FromProcess, body?: Uint8Array) => writer.send(message, body && [body]),
    async next() {
      const { value } = await frames.next();
      if (value === undefined) throw new Error("the connection is closed");
      return value;
    },
    /** Whether the other end has closed it. */
    isClosed: async () => (await frames.next().catch(() => ({ done: true }))).done,
    close: () => connection.close(),
  };
}
