import { TandemError } from "../../errors.ts";
import type { ItemError } from "../../model/item.ts";

/** What is known of the slot that died last: the error of the items that it took along, and of a run that is given up. */
export class LastDeath {
  #error: ItemError = { name: "", message: "" };
  #message = "";
  #at: string | undefined;

  /** A thread died of an error with that message, made at that place of the job. */
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

  /** The error of an item that was lost in it. */
  get error(): ItemError {
    return this.#error;
  }

  /** The run cannot go on. */
  giveUp(job: string): TandemError {
    return new TandemError("gave-up", `${this.#at ?? job}: its threads keep crashing: ${this.#message}`);
  }
}
