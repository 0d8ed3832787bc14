import fs from "node:fs";
import process from "node:process";
import type { Writable } from "node:stream";
import { assign, Buffer, encode, subarray } from "../../../natives.ts";

const { writeSync } = fs;

/**
 * Sends what a job prints to stderr at once: stdout carries results only. In a thread, Node's own streams go through the main
 * thread, and what that has not taken yet is lost when a busy thread is ended. Only what they write with is replaced: Node's
 * messages between threads ask these streams for more.
 */
export function printToStderr(): void {
  const write: Writable["_write"] = (chunk: Uint8Array | string, encoding, done) => {
    writeAll(typeof chunk === "string" ? Buffer().from(chunk, encoding) : chunk);
    done();
  };
  assign(process.stdout, { _write: write, _writev: null });
  assign(process.stderr, { _write: write, _writev: null });
}

/** Prints on stderr. */
export function writeError(text: string): void {
  writeAll(encode(text));
}

/** Nobody is told where stderr is closed, or full and not to be waited for. */
function writeAll(bytes: Uint8Array): void {
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(2, subarray(bytes, written));
  } catch {
    // stderr is closed
  }
}
