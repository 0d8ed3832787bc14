/** A stop asked for from outside. */
export interface Stop {
  /** Aborts with the first signal. */
  readonly signal: AbortSignal;
  /**
   * Calls `act` if a signal ends the program before what was opened is closed: a second one, or the first after the grace time.
   * Disposing takes that back. Nothing asynchronous can be done then.
   */
  onForcedEnd(act: () => void): Disposable;
  /**
   * Ends the program by the signal that came, once all is written: a shell ends its own loop or script only if the program did not
   * exit by itself. Resolves, to the exit code, only where a program cannot end that way.
   */
  end(): Promise<number>;
}

/** What a process does with signals: this one, or one of a test. */
export interface SignalledProcess {
  readonly os: typeof Deno.build.os;
  /** The text of Linux's /proc/self/status. Throws where it cannot be read. */
  status(): string;
  listen(name: Deno.Signal, listener: () => void): void;
  unlisten(name: Deno.Signal, listener: () => void): void;
  /** Sends a signal to the process itself. */
  send(name: Deno.Signal): void;
  exit(code: number): void;
  /** Calls `late` after that time, if the process has not ended by itself before. */
  deadline(ms: number, late: () => void): void;
  pause(ms: number): Promise<void>;
  /** Milliseconds that never go back. */
  now(): number;
}

const thisProcess: SignalledProcess = {
  os: Deno.build.os,
  status: () => Deno.readTextFileSync("/proc/self/status"),
  listen: Deno.addSignalListener,
  unlisten: Deno.removeSignalListener,
  send: (name) => Deno.kill(Deno.pid, name),
  exit: Deno.exit,
  deadline: (ms, late) => Deno.unrefTimer(Number(setTimeout(late, ms))),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  now: () => performance.now(),
};

/** The exit codes of the signals that stop the program. */
function codesOn(os: SignalledProcess["os"]): Readonly<Partial<Record<Deno.Signal, number>>> {
  return os === "windows" ? { SIGINT: 130, SIGBREAK: 130 } : { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
}

/** How long an orderly end may take before the program ends anyway. The promise is 2 s. */
const graceMs = 1_500;

/**
 * The same signal again within this time is the same wish. Ctrl-C reaches a whole process group, and programs in it that started us
 * pass it on as well: npx does (signal-manager.js of @npmcli/run-script), and so does the program of our npm package.
 */
const sameMs = 100;

/** How long a signal to ourselves may take to end us. It does not if a job listens for it in a thread of this process. */
const deliveryMs = 200;

/**
 * Signals that were ignored when the program was started stay ignored, as in Go's programs: `nohup` sets that for SIGHUP, a shell
 * without job control for the SIGINT of what it starts in the background. The value is the bit in SigIgn.
 */
const ignorable: Readonly<Partial<Record<Deno.Signal, bigint>>> = { SIGHUP: 1n, SIGINT: 2n };

/**
 * What was ignored at the start. Only Linux tells, and Deno only before any permission is given up. It must be asked before the
 * first listener, which makes Deno handle both.
 */
function ignoredAtStart({ status }: SignalledProcess): readonly string[] {
  try {
    const [, mask = "0"] = /^SigIgn:\s*([0-9a-f]+)$/m.exec(status()) ?? [];
    return Object.entries(ignorable).filter(([, bit]) => (BigInt(`0x${mask}`) & bit) !== 0n).map(([name]) => name);
  } catch {
    return [];
  }
}

/** Listens for Ctrl-C and its like. The first one aborts; a second one, not the same within 100 ms, ends the program at once. */
export function listenForStop(process: SignalledProcess = thisProcess): Stop {
  const controller = new AbortController();
  const ignored = ignoredAtStart(process);
  const acts = new Set<() => void>();
  let end: (() => Promise<number>) | undefined;
  let first: { readonly name: Deno.Signal; readonly at: number } | undefined;
  for (const [name, code] of Object.entries(codesOn(process.os)) as [Deno.Signal, number][]) {
    const endByThis = () => endBy(name, code, onSignal, acts, process);
    const onSignal = () => {
      if (first?.name === name && process.now() - first.at < sameMs) return;
      first ??= { name, at: process.now() };
      if (end !== undefined) return void endByThis().then(process.exit);
      end = endByThis;
      process.deadline(graceMs, () => void endByThis().then(process.exit));
      controller.abort();
    };
    // With any listener, Deno ends by SIGINT or SIGHUP where none is for that.
    process.listen(name, ignored.includes(name) ? () => {} : onSignal);
  }
  return {
    signal: controller.signal,
    onForcedEnd(act) {
      acts.add(act);
      return { [Symbol.dispose]: () => void acts.delete(act) };
    },
    end: () => end?.() ?? Promise.resolve(0),
  };
}

/**
 * Lets the system end the program by the signal, without `listener`, after `acts`, during which one more signal ends it. Resolves to
 * the exit code if that does not happen.
 */
async function endBy(
  name: Deno.Signal,
  code: number,
  listener: () => void,
  acts: Iterable<() => void>,
  { os, unlisten, send, pause }: SignalledProcess,
): Promise<number> {
  if (os !== "windows") unlisten(name, listener);
  for (const act of acts) {
    try {
      act();
    } catch {
      // the program ends, whatever could not be cleaned up
    }
  }
  if (os === "windows") return code;
  try {
    send(name);
    await pause(deliveryMs);
  } catch {
    // executables made with an older Deno need a permission for that, which has been given up
  }
  return code;
}
