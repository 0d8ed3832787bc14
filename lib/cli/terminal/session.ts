import type { Clock } from "../../clock.ts";
import type { Host } from "../../exec/host/host.ts";
import type { Meter } from "../../bench/machine_load.ts";
import type { OutputPlace } from "../../journal/output_place.ts";
import type { PressureReader } from "../../machine_pressure.ts";
import type { Machine } from "../../model/machine.ts";
import type { Output } from "./output.ts";

/** Where bytes come from, like `Deno.stdin`. */
export interface Source {
  read(into: Uint8Array): Promise<number | null>;
  /** How many are left of the regular file that they come from; null if they come from something else, or that is unknown. */
  readonly length: number | null;
  /** Whether a person types them. */
  readonly terminal: boolean;
}

/** What decides whether TypeScript can be loaded. */
export interface Runtime {
  /** Made by `deno compile`. */
  readonly standalone: boolean;
  readonly deno: string;
}

/** Asks whether this program has a permission itself, as `Deno.permissions.querySync` does. */
export type Query = (permission: Deno.PermissionDescriptor) => { readonly state: Deno.PermissionState };

/** How a command was called. */
export interface Call {
  /** The values that flags, variables and files give: those of defaults are not among them. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly operands: readonly string[];
  /** The flags that only decide how a result is shown or where it is saved. */
  readonly shownOnly: readonly string[];
}

/** All that surrounds a command besides its values, so that a command asks nothing else of the process it runs in. */
export interface Session {
  readonly stdin: Source;
  readonly stdout: Output;
  /** The file that stdout goes to. */
  readonly stdoutPlace: OutputPlace;
  /** Device and inode of the regular file that stdin (0), stdout (1) or stderr (2) is; null if it is not a regular file. */
  identity(descriptor: 0 | 1 | 2): { readonly dev: number; readonly ino: number } | null;
  readonly stderr: Output;
  /** Aborts on Ctrl-C and its like; the command then closes what it opened and returns. */
  readonly stop: AbortSignal;
  /** Calls `act`, which must be synchronous, if the program ends before that: on a second Ctrl-C. Disposing takes it back. */
  onForcedEnd(act: () => void): Disposable;
  readonly call: Call;
  readonly clock: Clock;
  /** A number from 0 to 1: how long failed items rest. */
  random(): number;
  /** When the program began: the date, and the time of the clock. All elapsed times of documents begin here. */
  readonly began: { readonly at: Date; readonly ms: number };
  /** The user's home folder, if it is known. */
  readonly home?: string;
  /** The file that GitHub Actions shows on the page of a workflow run; a job's step appends to it. Undefined elsewhere. */
  readonly stepSummary?: string;
  /** A variable of the environment; undefined if it is not set, or may not be read. */
  variable(name: string): string | undefined;
  /** Cores that the program can use. */
  readonly cores: number;
  readonly runtime: Runtime;
  /** Asks whether the program has a permission. */
  readonly query: Query;
  /** Tells how hard the machine is pressed, if the command watches that. */
  readonly pressure?: PressureReader;
  /** Describes the machine; needs the permission `sys`. */
  machine(): Promise<Machine>;
  /** Where the slots of jobs are, whatever the command line says. Undefined: in threads or processes, as it says. */
  readonly host?: Host;
  /** Reads CPU time and memory. Undefined: those of this process. */
  readonly meter?: Meter;
}
