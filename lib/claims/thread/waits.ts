import { systemClock } from "../../clock.ts";
import type { Subject } from "./subject.ts";

/** Waits of a thread. */
export interface WaitTask {
  /** What each wait is for: an answer of the server with this URL; null: a timer of `waitMs`. */
  readonly url: string | null;
  readonly waitMs: number;
  /** So many at once, */
  readonly tasks: number;
  /** and so many one after the other in each of these. */
  readonly each: number;
}

/** Waits, and answers when all waits are over. */
export const waits: Subject = (_input, port) => {
  port.onmessage = async ({ data }: MessageEvent<WaitTask>) => {
    await Promise.all(Array.from({ length: data.tasks }, () => waitInTurn(data)));
    port.postMessage("over");
  };
};

async function waitInTurn({ url, waitMs, each }: WaitTask): Promise<void> {
  for (let wait = 0; wait < each; wait++) {
    if (url === null) await systemClock.wait(waitMs).done;
    else await (await fetch(url)).text();
  }
}
