import { type Start, startTime } from "../../../clock.ts";
import { systemReason, TandemError, TooManyThreads } from "../../../errors.ts";
import type { RuntimeName } from "../../../model/runtime.ts";
import { checkDescriptors } from "../descriptors.ts";
import type { Host, HostedSlot, HostMessage } from "../host.ts";
import type { ItemNumber } from "../../wire/numbers.ts";
import type { Part } from "../../wire/part.ts";
import type { FromProcess, Hello, ToProcess } from "../../wire/process_protocol.ts";
import type { RunningSince, ToSlot } from "../../wire/protocol.ts";
import type { Range } from "../../schedule/range_set.ts";
import type { Permissions } from "../../wire/permissions.ts";
import { FrameWriter, readFrames } from "./frames.ts";
import { itemsBody } from "./items_body.ts";
import { deathOf, hasGroups, killWithGroup } from "./process_group.ts";
import { refusalOf, type SlotCommand } from "./slot_command.ts";
import { listenForSlot } from "./slot_connection.ts";
import type { SlotConnection } from "./slot_pipes.ts";

/** How slots in their own processes are started, and what they may use. */
export interface ProcessHostOptions {
  readonly command: SlotCommand;
  /** The permissions of the job's thread. */
  readonly permissions: Permissions;
  /** Maximum resident memory of a process, in bytes. */
  readonly memory?: number;
  /** Hears what a process says that it runs in, before its job loads. */
  readonly onRuntime?: (runtime: RuntimeName) => void;
}

/** Slots that are processes. Whatever a job does to its process, the process can be killed without harming anything else. */
export function processHost(options: ProcessHostOptions): Host {
  return (_generation, onMessage) => new ProcessSlot(options, onMessage).hosted;
}

/** Main's end of a slot's process. */
class ProcessSlot {
  readonly #options: ProcessHostOptions;
  readonly #onMessage: (message: HostMessage) => void;
  readonly #writer = new FrameWriter();
  readonly #questions = new Map<number, (items: readonly RunningSince[]) => void>();
  readonly #child: Deno.ChildProcess;
  readonly #gone: Promise<void>;
  readonly #startedFrom = startTime();
  readonly #started = Promise.withResolvers<Start>(); // it has connected, and said what it is
  #connectedAt = 0;
  #control: Int32Array = new Int32Array();
  #asked = 0;
  /** The process's report of what was running, sent before it ends. */
  #last: (FromProcess & { kind: "last" }) | undefined;
  #failed = false; // it posted `fatal`, crashed or was terminated
  #killed = false;
  #connection: SlotConnection | undefined;
  #output: ReadableStreamDefaultReader<Uint8Array> | undefined;

  constructor(options: ProcessHostOptions, onMessage: (message: HostMessage) => void) {
    this.#options = options;
    this.#onMessage = onMessage;
    const { program, args, cwd, stdin, env, pipes } = options.command;
    checkDescriptors("process");
    const listener = pipes === undefined ? listenForSlot() : undefined;
    const start = pipes?.command(program, args, env) ??
      { program, args: [...args, ...listener ? [listener.address] : []] };
    try {
      this.#child = new Deno.Command(start.program, {
        args: [...start.args],
        cwd,
        ...env && { clearEnv: true, env },
        detached: hasGroups,
        stdin: stdin === undefined && !pipes ? "null" : "piped",
        stdout: "piped", // what a job writes to descriptor 1 goes to our stderr
        stderr: "inherit",
      }).spawn();
    } catch (error) {
      listener?.close();
      if (TooManyThreads.isMeantBy(error)) throw new TooManyThreads("process", error);
      const code = error instanceof Deno.errors.NotFound ? "program-missing" : "usage";
      throw new TandemError(code, `cannot start ${program}: ${systemReason(error)}`);
    }
    this.#gone = pipes === undefined
      ? this.#live(listener?.accept(this.#child.status), this.#pump(), stdin)
      : this.#live(pipes.to(this.#child));
  }

  readonly hosted: HostedSlot = {
    post: (message) => this.#post(message),
    send: (part, sentAt) => this.#send(part, sentAt),
    reclaim: (parts) => this.#frame({ kind: "reclaim", ranges: parts.map(({ range }) => range) }),
    cancel: ({ range }) => this.#frame({ kind: "cancel", item: range.first as ItemNumber }),
    running: (parts) => this.#running(parts),
    lastRunning: (parts) => among(this.#last?.items ?? [], parts),
    terminate: () => {
      this.#end();
      return this.#gone;
    },
  };

  /** Reads the messages of the process until the process, its connection and its output are gone. */
  async #live(accepted?: SlotConnection | Promise<SlotConnection | undefined>, pumped?: Promise<void>, stdin?: string) {
    if (stdin !== undefined) await this.#writeStdin(stdin);
    this.#connection = await accepted;
    if (this.#connection !== undefined) {
      if (this.#failed) this.#connection.close();
      else {
        this.#writer.open(this.#connection);
        this.#connectedAt = startTime();
        await this.#listen(this.#connection).catch(() => {}); // either side closed it
      }
    }
    const status = await this.#child.status;
    if (!this.#failed) this.#crashed(status);
    this.#end();
    await this.#output?.cancel(); // a program that the job started may keep it open
    await pumped;
    await this.#writer.flushed;
  }

  async #writeStdin(text: string): Promise<void> {
    const writer = this.#child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(text)).catch(() => {});
    await writer.close().catch(() => {}); // the process ended before reading all of it; its status says why
  }

  async #listen(connection: SlotConnection): Promise<void> {
    for await (const { header, body } of readFrames<FromProcess>(connection)) {
      if (this.#failed) return;
      switch (header.kind) {
        case "hello":
          this.#greeted(header);
          break;
        case "message":
          this.#onSlotMessage(header.message, body);
          break;
        case "reclaimed":
          this.#onMessage(header);
          break;
        case "running":
          this.#questions.get(header.question)?.(header.items);
          this.#questions.delete(header.question);
          break;
        case "last":
          this.#last = header;
          break;
        default:
          header satisfies never;
      }
    }
  }

  #greeted(hello: Hello): void {
    const refused = refusalOf(hello, this.#options);
    if (refused !== undefined) return this.#onMessage(refused);
    this.#options.onRuntime?.(hello.runtime);
    const to = this.#options.command.pipes ? startTime() : this.#connectedAt; // pipes are there before it is
    this.#started.resolve({ from: this.#startedFrom, to });
  }

  #onSlotMessage(message: HostMessage, body: Uint8Array<ArrayBuffer>): void {
    if (message.kind === "fatal") this.#failed = true; // the pool terminates it
    this.#onMessage(message.kind === "results" ? { ...message, buffer: body.buffer } : message);
  }

  #crashed(status: Deno.CommandStatus): void {
    this.#failed = true;
    const error = deathOf(status, this.#last?.usedBytes, this.#options.memory);
    const started = this.#last?.items.map(({ item }) => ({ first: item, end: item + 1 }));
    this.#onMessage({ kind: "crashed", error, started });
  }

  #end(): void {
    this.#failed = true;
    this.#writer.close();
    for (const answer of this.#questions.values()) answer([]);
    this.#questions.clear();
    if (!this.#killed) killWithGroup(this.#child);
    this.#killed = true; // later the group's number may be another's
    try {
      this.#connection?.close();
    } catch {
      // the connection is already closed
    }
    this.#connection = undefined;
  }

  #frame(message: DistributiveOmit<ToProcess, "control">, parts?: readonly Uint8Array[]): void {
    this.#writer.send({ ...message, control: [...this.#control] }, parts);
  }

  #post(message: ToSlot): void {
    if (message.kind !== "load") return this.#frame({ kind: "message", message });
    const { control, results, ...load } = message;
    this.#control = control;
    const { permissions, memory } = this.#options;
    const frame = { kind: "load", load, resultBytes: results.byteLength, permissions, memory } as const;
    void this.#started.promise.then((started) => this.#frame({ ...frame, started }));
  }

  #send(part: Part, sentAt: number | undefined): void {
    const { held: { firstLine }, range: { first, end } } = part;
    const items = { kind: "items", first: first as ItemNumber, count: end - first, firstLine, sentAt } as const;
    this.#frame(items, itemsBody(part));
  }

  async #running(parts: readonly Part[]): Promise<readonly RunningSince[]> {
    if (parts.length === 0 || this.#failed) return [];
    const { promise, resolve } = Promise.withResolvers<readonly RunningSince[]>();
    const question = this.#asked++;
    this.#questions.set(question, resolve);
    this.#frame({ kind: "running", question });
    return among(await promise, parts);
  }

  /** Copies what the job writes to descriptor 1 to our stderr. */
  async #pump(): Promise<void> {
    const output = this.#child.stdout.getReader();
    this.#output = output;
    while (true) {
      const { value, done } = await output.read().catch(() => ({ value: undefined, done: true }));
      if (done || value === undefined) return;
      for (let written = 0; written < value.length;) {
        written += await Deno.stderr.write(value.subarray(written)).catch(() => value.length); // stderr is closed
      }
    }
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

function among(items: readonly RunningSince[], parts: readonly { readonly range: Range }[]): readonly RunningSince[] {
  return items.filter(({ item }) => parts.some(({ range }) => range.first <= item && item < range.end));
}
