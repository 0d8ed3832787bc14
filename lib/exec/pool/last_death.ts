import { TandemError } from "../../errors.ts";
import type { ItemError } from "../../model/item.ts";

/** The last slot that died or was killed: it determines the error of the items that were lost in it, and of a run that gives up. */
export class LastDeath {
  readonly #limitMs: number;
  readonly #retried: readonly string[] | undefined;
  #error: ItemError = { name: "", message: "" };
  #message = "";
  #at: string | undefined;

  /** `limitMs`: the time limit of items. `retried`: names of the errors that are worth another attempt; undefined: all. */
  constructor(limitMs: number, retried?: readonly string[]) {
    this.#limitMs = limitMs;
    this.#retried = retried;
  }

  /** A thread died of an error with this message. `at`: the place in the job where the error was created. */
  ofThread(message: string, at: string | undefined): void {
    this.#error = { name: "ThreadDied", message: `its thread died: ${message}`, code: "lost" };
    this.#message = message;
    this.#at = at;
  }

  ofProcess(error: ItemError): void {
    this.#error = error;
    this.#message = error.message;
    this.#at = undefined;
  }

  /** A thread was ended because an item did not give up after its time limit: other items were lost with it. */
  ofKill(): void {
    const message = `its thread was ended: another item took longer than ${this.#limitMs} ms`;
    this.#error = { name: "ThreadDied", message, code: "lost" };
    this.#message = message;
    this.#at = undefined;
  }

  /** The error of an item that no slot reports: lost in that slot, or not ended in time. */
  errorOf(why: "lost" | "timeout"): ItemError {
    if (why === "lost") return this.#error;
    return { name: "TimeoutError", message: `took longer than ${this.#limitMs} ms`, code: "timeout" };
  }

  /** Whether that error is not worth another attempt. */
  isFinal(why: "lost" | "timeout"): boolean {
    return this.#retried !== undefined && !this.#retried.includes(this.errorOf(why).name);
  }

  /** The error of a run that gives up. */
  giveUp(job: string): TandemError {
    return new TandemError("gave-up", `${this.#at ?? job}: its threads keep crashing: ${this.#message}`);
  }
}
