import { type Clock, systemClock } from "../../lib/clock.ts";
import type { Machine } from "../../lib/model/machine.ts";
import type { Output } from "../../lib/cli/terminal/output.ts";
import type { Session } from "../../lib/cli/terminal/session.ts";
import type { Style } from "../../lib/report/style.ts";

/** A machine that no test runs on. */
export const testMachine: Machine = {
  os: "linux",
  arch: "x86_64",
  cpu: "Test CPU",
  cores: 2,
  usableCores: 2,
  memoryBytes: 8 * 2 ** 30,
  freeBytes: 4 * 2 ** 30,
};

/** What a test gives a command instead of a process. */
export interface TestSurroundings {
  readonly stdin?: string;
  readonly style?: Partial<Style>;
  readonly stop?: AbortSignal;
  readonly call?: Partial<Session["call"]>;
  readonly clock?: Clock;
  readonly host?: Session["host"];
  readonly meter?: Session["meter"];
  readonly query?: Session["query"];
  readonly machine?: Machine;
}

/** A session without a process, and what has been written to it. */
export function testSession(given: TestSurroundings = {}) {
  const { stop = new AbortController().signal, clock = systemClock, machine = testMachine } = given;
  const style = { terminal: false, color: false, width: 80, unicode: true, ...given.style };
  const [stdout, stderr] = [textOutput(style), textOutput(style)];
  let input = new TextEncoder().encode(given.stdin ?? "");
  const session: Session = {
    stdin: {
      read(into) {
        const part = input.subarray(0, into.length);
        into.set(part);
        input = input.subarray(part.length);
        return Promise.resolve(part.length === 0 ? null : part.length);
      },
    },
    stdout,
    stderr,
    stop,
    call: { given: {}, operands: [], shownOnly: [], ...given.call },
    clock,
    began: { at: new Date(Date.UTC(2026, 0, 2, 3, 4, 5)), ms: clock.now() },
    cores: machine.usableCores,
    runtime: { standalone: false, deno: "2.9.6" },
    query: given.query ?? (() => ({ state: "granted" })),
    machine: () => Promise.resolve(machine),
    host: given.host,
    meter: given.meter,
  };
  return { session, stdout, stderr };
}

/** Keeps what is written: as text for people, and exactly (documents, and bytes). */
function textOutput(style: Style): Output & { text: string; exact: string } {
  const decoder = new TextDecoder();
  return {
    style,
    text: "",
    exact: "",
    write(text) {
      this.text += text;
      return Promise.resolve();
    },
    writeExact(text) {
      this.exact += text;
      return Promise.resolve();
    },
    writeBytes(bytes) {
      this.exact += decoder.decode(bytes, { stream: true });
      return Promise.resolve();
    },
  };
}
