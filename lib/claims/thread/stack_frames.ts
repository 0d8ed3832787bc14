import { nextTurn } from "../../clock.ts";
import type { Subject } from "./subject.ts";

/** A function of a chain that calls the next one. */
export type Call = () => unknown;

/** How a function calls the next one of its chain. */
export type CallForm = (next: Call) => Call;

/** Calls it, and gives its value back: what code does that runs in a thread. */
export const calling: CallForm = (next) => () => next();

/** The functions of a chain: with the frames that V8 adds, no more than the ten that a stack trace has. */
export const chainLength = 5;

/** What the functions of a chain are called, before their number: those of this thread, and those that ask another one. */
export type ChainName = "traced" | "asking";

/** A chain of functions, the last of which throws. */
export interface Chain {
  readonly form: CallForm;
  readonly last: Call;
  readonly name?: ChainName;
}

/** How many functions of a chain are named by the stack of the error that comes out of its first one. */
export async function framesKept({ form, last, name = "traced" }: Chain): Promise<number> {
  return framesIn(await callChain({ form, last, name }), name);
}

/** How many functions of a chain an error names. */
export function framesIn({ stack = "" }: Error, name: ChainName = "traced"): number {
  return new Set(stack.match(new RegExp(`${name}\\d+`, "g"))).size;
}

/** The error that comes out of a chain. */
async function callChain({ form, last, name }: Required<Chain>): Promise<Error> {
  // V8 takes a frame's name from its function, so a bundler cannot change it.
  const named = (call: Call, place: number) => Object.defineProperty(call, "name", { value: `${name}${place}` });
  let call = named(last, chainLength);
  for (let place = chainLength - 1; place > 0; place--) call = named(form(call), place);
  try {
    await drained(call());
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
}

/** Waits for a promise, or for the end of a generator. */
async function drained(value: unknown): Promise<void> {
  if (typeof value !== "object" || value === null || !(Symbol.asyncIterator in value)) return void await value;
  for await (const _ of value as AsyncIterable<unknown>);
}

/** A last function of a chain. */
export function throwingNow(): Call {
  return () => {
    throw new Error("seen");
  };
}

/** A last function of a chain that throws in a later turn of the event loop. */
export function throwingLater(): Call {
  return async () => {
    await nextTurn();
    throw new Error("seen");
  };
}

/** Runs a chain of plain calls for each message, and answers with the error that comes out of it. */
export const stackFrames: Subject = (_input, port) => {
  port.onmessage = async () => {
    port.postMessage(await callChain({ form: calling, last: throwingNow(), name: "traced" }));
  };
};
