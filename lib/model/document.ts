import type { ClaimsResult } from "./claim.ts";
import type { CompareResult } from "./comparison.ts";
import type { DiffResult } from "./diff.ts";
import type { Machine } from "./machine.ts";
import type { ChannelResult, JobsResult, RunResult, StreamsResult } from "./result.ts";
import type { ScaleResult } from "./scale.ts";

/** The program and what it runs on. */
export interface Tool {
  readonly name: "tandem";
  readonly version: string;
  readonly deno: string;
  readonly v8: string;
  readonly target: string;
}

/**
 * What two documents must share to be comparable, as SHA-256 in hexadecimal: documents differ in a part where these differ.
 * Null: the command has no such part.
 */
export interface Comparable {
  /**
   * The job, and the modules that it imports by relative paths. What is built in changes with the program only: of a built-in
   * job its name, of claims their ids.
   */
  readonly jobSha256: string | null;
  /** The items that were given, in order. */
  readonly itemsSha256: string | null;
  /**
   * The values of all flags but those that only decide how a result is shown or where it is saved, and those that name the
   * items.
   */
  readonly optionsSha256: string;
  /** Operating system, architecture, processor and cores. */
  readonly machineSha256: string;
  /** Versions of tandem, Deno and V8. */
  readonly versionsSha256: string;
}

/** What a document says besides its result. */
export interface Head<C extends keyof Results> {
  /** Counts the changes that old readers would not understand. */
  readonly schema: 1;
  readonly tool: Tool;
  readonly command: C;
  /** When the program began, in UTC. */
  readonly startedAt: string;
  /** From the program's begin to the end of the work, in milliseconds. */
  readonly elapsedMs: number;
  readonly machine: Machine;
  readonly comparable: Comparable;
  /** The values of the command's flags. */
  readonly options: object;
  /** The seed of the shuffling; null where nothing is shuffled. */
  readonly seed: number | null;
}

/** What each command that makes a document finds out. */
export interface Results {
  readonly claims: ClaimsResult;
  readonly compare: CompareResult;
  readonly run: RunResult;
  readonly jobs: JobsResult;
  readonly streams: StreamsResult;
  readonly channel: ChannelResult;
  readonly scale: ScaleResult;
  readonly diff: DiffResult;
}

/** All that a command found out: every rendering, the text on the screen too, is made of this and of nothing else. */
export interface Document<C extends keyof Results> extends Head<C> {
  readonly result: Results[C];
}

/** The document of any command: its `command` tells which. */
export type AnyDocument = { readonly [C in keyof Results]: Document<C> }[keyof Results];
