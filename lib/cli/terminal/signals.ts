/** A stop asked for from outside. `code` is what the program must exit with, once `signal` has aborted. */
export interface Stop {
  readonly signal: AbortSignal;
  code(): number;
}

const codes: Readonly<Partial<Record<Deno.Signal, number>>> = Deno.build.os === "windows"
  ? { SIGINT: 130, SIGBREAK: 130 }
  : { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** How long an orderly end may take before the program ends anyway. The promise is 2 s. */
const graceMs = 1_500;

/**
 * Whether we were started with `nohup`, which lets a program outlive its terminal by having SIGHUP ignored. Only Linux
 * tells, as bit 0 of SigIgn, and Deno only before any permission is given up. It must be asked before the first listener:
 * with any listener, Deno ends by SIGHUP where none is for that.
 */
function isHangupIgnored(): boolean {
  try {
    const [, mask] = /^SigIgn:\s*([0-9a-f]+)$/m.exec(Deno.readTextFileSync("/proc/self/status")) ?? [];
    return mask !== undefined && (BigInt(`0x${mask}`) & 1n) === 1n;
  } catch {
    return false;
  }
}

/** Listens for Ctrl-C and its like. The first one aborts; a second one ends the program at once. */
export function listenForStop(exit: (code: number) => void): Stop {
  const controller = new AbortController();
  const ignored = isHangupIgnored() ? "SIGHUP" : undefined;
  let code = 0;
  for (const [name, value] of Object.entries(codes)) {
    Deno.addSignalListener(name as Deno.Signal, () => {
      if (name === ignored) return;
      if (code !== 0) return exit(value);
      code = value;
      Deno.unrefTimer(Number(setTimeout(() => exit(value), graceMs)));
      controller.abort();
    });
  }
  return { signal: controller.signal, code: () => code };
}
