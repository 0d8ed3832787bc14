import type { ItemErrorCode } from "../../model/item.ts";
import { Error } from "../../natives.ts";

/** An item's error that we made: it has a code, which the errors of jobs have not. */
export class CodedError extends Error {
  // Defined, not assigned: a job may have frozen Error.prototype, and then assignment would throw.
  override readonly name: string;
  readonly code: ItemErrorCode;

  constructor(name: string, message: string, code: ItemErrorCode) {
    super(message);
    this.name = name;
    this.code = code;
  }
}
