import { systemBlockingClock } from "../../clock.ts";
import type { Subject } from "./subject.ts";

/** Blocks for each of the times of a message, one after the other, in milliseconds, and answers after each of them with it. */
export const blockingWaits: Subject = (_input, port) => {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  port.onmessage = ({ data }: MessageEvent<readonly number[]>) => {
    for (const ms of data) {
      systemBlockingClock.block(ms, gate, 0);
      port.postMessage(ms);
    }
  };
};
