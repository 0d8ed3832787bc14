import { systemClock } from "../../clock.ts";
import { messageOf } from "../../errors.ts";
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

/** Waits, and answers when all waits are over: with null, or why a request failed. */
export const waits: Subject = (_input, port) => {
  port.onmessage = async ({ data }: MessageEvent<WaitTask>) => {
    const all = Promise.all(Array.from({ length: data.tasks }, () => waitInTurn(data)));
    port.postMessage(await all.then(() => null, whyFailed));
  };
};

/** What fetch throws has its reason as its cause. */
function whyFailed(error: unknown): string {
  return messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
}

async function waitInTurn({ url, waitMs, each }: WaitTask): Promise<void> {
  for (let wait = 0; wait < each; wait++) {
    if (url === null) await systemClock.wait(waitMs).done;
    else await (await fetch(url)).text();
  }
}
