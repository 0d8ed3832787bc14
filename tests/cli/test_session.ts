import { type Clock, systemClock } from "../../lib/clock.ts";
import type { OutputPlace } from "../../lib/journal/output_place.ts";
import type { Machine } from "../../lib/model/machine.ts";
import { type Output, output } from "../../lib/cli/terminal/output.ts";
import type { Session, Source } from "../../lib/cli/terminal/session.ts";
import type { Style } from "../../lib/report/style.ts";

/** A machine that no test runs on. */
export const testMachine: Machine = {
  os: "linux",
  arch: "x86_64",
  cpu: "Test CPU",
  cores: 2,
  usableCores: 2,
  cpuQuota: null,
  memoryBytes: 8 * 2 ** 30,
  freeBytes: 4 * 2 ** 30,
};

/** What a test gives a command instead of a process. */
export interface TestSurroundings {
  /** What it reads: a file with this text or these bytes; or parts, as from a pipe. */
  readonly stdin?: string | Uint8Array | AsyncIterable<string>;
  /** Whether a person types it. */
  readonly typed?: boolean;
  /** The file that stdout is appended to, as with >>; null for a pipe. */
  readonly output?: OutputFile | null;
  readonly style?: Partial<Style>;
  /** What is different on stderr. */
  readonly stderrStyle?: Partial<Style>;
  /** Columns that a line of stderr has now; by default as the style says. */
  readonly lineColumns?: Output["lineColumns"];
  readonly stop?: AbortSignal;
  readonly call?: Partial<Session["call"]>;
  readonly clock?: Clock;
  readonly host?: Session["host"];
  readonly meter?: Session["meter"];
  readonly query?: Session["query"];
  readonly machine?: Machine;
  readonly stepSummary?: string;
  /** The variables of the environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly pressure?: Session["pressure"];
  /** Called with all that has been written to stdout and stderr each time when something is. */
  readonly onWrite?: (written: { readonly stdout: string; readonly stderr: string }) => void;
}

/** A file in memory. */
export class OutputFile implements OutputPlace {
  bytes: Uint8Array = new Uint8Array();

  get text(): string {
    return new TextDecoder().decode(this.bytes);
  }

  set text(text: string) {
    this.bytes = new TextEncoder().encode(text);
  }

  append(bytes: Uint8Array): void {
    this.bytes = new Uint8Array([...this.bytes, ...bytes]);
  }

  length(): number {
    return this.bytes.length;
  }

  cut(length: number): void {
    this.bytes = this.bytes.slice(0, length);
  }
}

/** A session without a process, and what has been written to it. */
export function testSession(given: TestSurroundings = {}) {
  const { stop = new AbortController().signal, clock = systemClock, machine = testMachine, output: file } = given;
  const style = { terminal: false, color: false, width: 80, unicode: true, ...given.style };
  const onWrite = () => given.onWrite?.({ stdout: stdout.written, stderr: stderr.written });
  const stdout = textOutput("stdout", style, (bytes) => (file?.append(bytes), onWrite()));
  const stderr = textOutput("stderr", { ...style, ...given.stderrStyle }, onWrite, given.lineColumns);
  const session: Session = {
    stdin: { ...sourceOf(given.stdin ?? ""), terminal: given.typed ?? false },
    stdout,
    stdoutPlace: file ?? { length: () => null, cut: () => fail("a pipe has no end to cut off") },
    identity: () => null,
    stderr,
    stop,
    onForcedEnd: () => ({ [Symbol.dispose]: () => {} }),
    call: { given: {}, operands: [], shownOnly: [], ...given.call },
    clock,
    random: () => 1, // the longest back-offs
    began: { at: new Date(Date.UTC(2026, 0, 2, 3, 4, 5)), ms: clock.now() },
    cores: machine.usableCores,
    runtime: { standalone: false, deno: "2.9.6" },
    query: given.query ?? (() => ({ state: "granted" })),
    machine: () => Promise.resolve(machine),
    stepSummary: given.stepSummary,
    variable: (name) => given.env?.[name],
    host: given.host,
    meter: given.meter,
    pressure: given.pressure,
  };
  return { session, stdout, stderr };
}

function fail(message: string): never {
  throw new Error(message);
}

function sourceOf(input: NonNullable<TestSurroundings["stdin"]>): Omit<Source, "terminal"> {
  const encoder = new TextEncoder();
  const parts = typeof input === "string" ? [input] : input instanceof Uint8Array ? [] : input;
  const iterator = (async function* () {
    yield* parts;
  })();
  let left = input instanceof Uint8Array ? input : new Uint8Array();
  return {
    async read(into) {
      while (left.length === 0) {
        const { done, value } = await iterator.next();
        if (done) return null;
        left = encoder.encode(value);
      }
      const part = left.subarray(0, into.length);
      into.set(part);
      left = left.subarray(part.length);
      return part.length;
    },
    length: input instanceof Uint8Array
      ? input.length
      : typeof input === "string"
      ? encoder.encode(input).length
      : null,
  };
}

/** An output and what has been written to it: all in order, and by how: as text for people, or exactly (documents, and bytes). */
function textOutput(
  name: string,
  style: Style,
  onWrite: (bytes: Uint8Array) => void,
  lineColumns?: Output["lineColumns"],
) {
  const decoder = new TextDecoder();
  const write = (bytes: Uint8Array) => {
    kept.written += decoder.decode(bytes, { stream: true });
    onWrite(bytes);
    return Promise.resolve(bytes.length);
  };
  const real = output({ write }, name, style, lineColumns);
  const kept: Output & Record<"written" | "text" | "exact", string> = {
    style,
    lineColumns: real.lineColumns,
    written: "",
    text: "",
    exact: "",
    write: (text) => (kept.text += text, real.write(text)),
    writeExact: (text) => (kept.exact += text, real.writeExact(text)),
    writeBytes: (bytes) => real.writeBytes(bytes),
  };
  return kept;
}
