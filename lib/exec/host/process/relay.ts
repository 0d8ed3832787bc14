import { nextTurn, originWithin } from "../../../clock.ts";
import type { Host, HostedSlot, HostMessage } from "../host.ts";
import type { FromProcess, Hello, ToProcess } from "../../wire/process_protocol.ts";
import { controlWord, recordKind, type RunningSince } from "../../wire/protocol.ts";
import { viewChunk } from "../../wire/result_chunks.ts";
import type { Permissions } from "../../wire/permissions.ts";
import { FrameWriter, type Readable, readFrames, wireVersion, type Writable } from "./frames.ts";
import { ProcessUseReader } from "./process_use.ts";
import { RelayBlocks } from "./relay_blocks.ts";

/** What a relay uses of its process. */
export interface RelayParts {
  /** Where its messages to the parent go. */
  readonly connection: Writable;
  readonly hostWith: (permissions: Permissions) => Host;
  /** Calls `passed` once when the process uses more memory than this. */
  readonly watchMemory: (limitBytes: number, passed: (usedBytes: number) => void) => void;
  /** Ends the process at once. */
  readonly end: () => void;
}

/** Says to the parent what this process is, and relays until the parent closes the connection. */
export async function relayUntilClosed(
  parts: RelayParts & { readonly connection: Readable & Writable },
  hello: Omit<Hello, "wire">,
): Promise<void> {
  const relay = new Relay(parts);
  relay.greet({ wire: wireVersion, ...hello });
  for await (const { header, body } of readFrames<ToProcess>(parts.connection)) relay.execute(header, body);
}

/** Relays between the parent of a slot's process and the slot in it, and reads and writes their shared table. */
export class Relay {
  readonly #parts: RelayParts;
  readonly #writer = new FrameWriter();
  readonly #blocks = new RelayBlocks();
  readonly #control = new Int32Array(new SharedArrayBuffer(controlWord.length * 4));
  #results = new SharedArrayBuffer();
  #slot: HostedSlot | undefined;
  #use: ProcessUseReader | undefined;
  #hasLoaded = false;
  #over = false;

  constructor(parts: RelayParts) {
    this.#parts = parts;
    this.#writer.open(parts.connection);
  }

  greet(hello: Hello): void {
    this.#post({ kind: "hello", ...hello });
  }

  execute(message: ToProcess, body: Uint8Array): void {
    for (const [word, value] of message.control.entries()) Atomics.store(this.#control, word, value);
    switch (message.kind) {
      case "load":
        return this.#load(message);
      case "items":
        return this.#slot?.send(this.#blocks.add(message, body), message.sentAt);
      case "reclaim":
        return this.#slot?.reclaim(this.#blocks.parts(message.ranges));
      case "cancel": {
        const { item } = message;
        const [part] = this.#blocks.parts([{ first: item, end: item + 1 }]);
        return part && this.#slot?.cancel(part);
      }
      case "running":
        return this.#post({ kind: "running", question: message.question, items: this.#running() });
      case "message":
        return this.#slot?.post(message.message);
      default:
        return message satisfies never;
    }
  }

  #load({ load, started, resultBytes, permissions, memory }: ToProcess & { kind: "load" }): void {
    this.#results = new SharedArrayBuffer(resultBytes);
    this.#slot = this.#parts.hostWith(permissions)(load.generation, (message) => this.#onMessage(message));
    const epoch = load.epoch + performance.timeOrigin - originWithin(started); // as this process's clock tells it
    this.#slot.post({ ...load, epoch, control: this.#control, results: this.#results });
    if (load.probes === "all") this.#use = new ProcessUseReader();
    if (memory !== undefined) this.#parts.watchMemory(memory, (usedBytes) => void this.#giveUp(usedBytes));
  }

  #onMessage(message: HostMessage): void {
    switch (message.kind) {
      case "results":
        return this.#relayResults(message);
      case "reclaimed":
        for (const range of message.ranges) this.#blocks.end(range);
        return this.#post(message);
      case "fatal":
        this.#post({ kind: "last", items: this.#running() });
        return this.#post({ kind: "message", message });
      case "loaded":
        this.#hasLoaded = true;
        return this.#post({ kind: "message", message });
      case "crashed":
        return;
      default:
        return this.#post({ kind: "message", message });
    }
  }

  /** Relays results. Their bytes are copied out of this process, so their chunk is free at once. */
  #relayResults(message: HostMessage & { kind: "results" }): void {
    const { chunk, buffer, ...rest } = message;
    let used = 0;
    for (let i = 0; i < rest.stretches.length; i += 4) {
      const [kind, first, items, bytes] = [
        rest.stretches[i],
        rest.stretches[i + 1],
        rest.stretches[i + 2],
        rest.stretches[i + 3],
      ];
      used += bytes;
      if (kind !== recordKind.value) this.#blocks.end({ first, end: first + items });
    }
    const bytes = chunk === undefined ? new Uint8Array(buffer ?? new ArrayBuffer()) : viewChunk(this.#results, chunk);
    this.#post({ kind: "message", message: { ...rest, ...this.#use?.read() } }, [bytes.subarray(0, used)]);
    if (chunk !== undefined) this.#slot?.post({ kind: "taken", bytes: 0, chunks: [chunk] });
  }

  #running(): readonly RunningSince[] {
    return this.#slot?.lastRunning(this.#blocks.open) ?? [];
  }

  /**
   * The memory limit is exceeded: nothing more starts, main is sent what was running, and this process ends. Messages that
   * the thread has posted before are relayed first.
   */
  async #giveUp(usedBytes: number): Promise<void> {
    if (!this.#hasLoaded) {
      const used = `${Math.round(usedBytes / 2 ** 20)} MiB`;
      const found = `its process uses ${used} before the first item, more than its limit`;
      return this.#post({ kind: "message", message: { kind: "refused", found, code: "memory-too-small" } });
    }
    this.#slot?.reclaim(this.#blocks.open);
    await nextTurn();
    this.#post({ kind: "last", items: this.#running(), usedBytes });
    this.#over = true;
    await this.#writer.flushed;
    this.#parts.end();
  }

  #post(message: FromProcess, parts?: readonly Uint8Array[]): void {
    if (!this.#over) this.#writer.send(message, parts);
  }
}
