import { systemBlockingClock } from "../../clock.ts";
import type { Subject } from "./subject.ts";

/** The words that a busy thread shares with the thread that started it. */
export const busyWords = { started: 0, flag: 1, ended: 2, length: 3 } as const;

/** What a busy thread gets. */
export interface BusyInput {
  /** It computes and looks at the flag, or it is blocked until somebody changes the flag and notifies it. */
  readonly kind: "computes" | "blocks";
  readonly words: Int32Array;
}

/** Keeps its thread from its event loop until the flag is set; the first message begins it. */
export const busy: Subject = (input, port) => {
  const { kind, words } = input as BusyInput;
  const say = (word: number) => {
    Atomics.store(words, word, 1);
    Atomics.notify(words, word);
  };
  port.onmessage = () => {
    say(busyWords.started);
    if (kind === "blocks") systemBlockingClock.block(Infinity, words.subarray(busyWords.flag), 0);
    else while (Atomics.load(words, busyWords.flag) === 0);
    say(busyWords.ended);
  };
};
