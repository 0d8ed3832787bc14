import type { Subject } from "./subject.ts";

/** Which of the two threads this one is, and what they share. */
export interface HopStart {
  readonly first: boolean;
  /** Whose turn it is: 0 is the first thread, 1 the other one. */
  readonly turn: Int32Array;
}

/** The port to the other thread, which comes first; then how the turn is passed on, and how many times by this thread. */
export type HopMessage =
  | { readonly port: MessagePort }
  | { readonly by: "memory" | "messages"; readonly passes: number };

/** One of two threads that pass a turn to and fro; answers when it is over. */
export const hops: Subject = (input, port) => {
  const start = input as HopStart;
  let other: MessagePort;
  port.onmessage = async ({ data }: MessageEvent<HopMessage>) => {
    if ("port" in data) return void (other = data.port);
    if (data.by === "memory") passByMemory(start, data.passes);
    else await passByMessages(start, data.passes, other);
    port.postMessage("over");
  };
};

function passByMemory({ first, turn }: HopStart, passes: number): void {
  const [own, other] = first ? [0, 1] : [1, 0];
  for (let pass = 0; pass < passes; pass++) {
    while (Atomics.load(turn, 0) !== own) Atomics.wait(turn, 0, other);
    Atomics.store(turn, 0, other);
    Atomics.notify(turn, 0);
  }
}

/** The first thread ends with the last pass of the other one. */
function passByMessages({ first }: HopStart, passes: number, other: MessagePort): Promise<void> {
  return new Promise((resolve) => {
    let left = passes;
    const pass = () => {
      if (left > 0) other.postMessage(0);
      if (left-- === (first ? 0 : 1)) resolve();
    };
    other.onmessage = pass;
    if (first) pass();
  });
}
