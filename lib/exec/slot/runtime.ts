import type { FromSlot, ToThread } from "../wire/protocol.ts";
import type { ContextDoor } from "./item_scope.ts";
import type { OnUncaught } from "./job_timers.ts";

/** A permission that is missing: of which kind (`read`), and to what, if that is known. */
export interface Denial {
  readonly kind: string;
  readonly name: string | undefined;
}

/**
 * All that a slot needs of the program that its thread runs in. What a job may replace is captured when the runtime's module
 * loads, or when the method that gives it is called; both come before the job.
 */
export interface SlotRuntime {
  /** What carries along which item code belongs to. */
  readonly context: ContextDoor;
  /** Takes from a job what would harm all items: ending the program, its stdin and stdout, posting messages in our name. */
  forbidHarm(): void;
  /** Calls back with each message of main. The job gets none of them. */
  listen(execute: (message: ToThread) => void): void;
  /** The message's buffer, if it has one, is transferred. */
  post(message: FromSlot, buffer?: ArrayBuffer): void;
  /** Catches all that a job throws, or rejects with, and does not catch itself. Its own listeners for that are not called. */
  catchUncaught(onUncaught: OnUncaught): void;
  /** Keeps descriptors 0 and 1 from a job. `mayUse`: whether the job may reach them. Called before it loads. */
  guardDescriptors(mayUse: () => Promise<boolean>): Promise<void>;
  /** Takes from a job what only loading it has made. */
  forbidLoaded(): void;
  /**
   * Reads the processor time of this thread, in milliseconds: undefined where the runtime cannot tell, or the job has replaced
   * what tells it.
   */
  cpuReader(): () => number | undefined;
  /** How much of the thread's heap is in use, in bytes. */
  heapBytes(): number;
  /** What an error says was denied, where its message does not say it in Deno's words. */
  denialOf(thrown: unknown): Denial | undefined;
  /** Prints a line on stderr. */
  printError(about: string, text: string): void;
  /** Ends the thread. */
  close(): void;
}
