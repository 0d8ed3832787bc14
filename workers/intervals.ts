/// <reference no-default-lib="true"/>
/// <reference lib="deno.worker"/>
import { systemBlockingClock } from "../lib/clock.ts";
import { produceBlocking } from "../lib/streams/blocking_producer.ts";
import type { Start } from "../lib/streams/wire.ts";

self.onmessage = ({ data }: MessageEvent<Start>) => {
  produceBlocking(data, "before", systemBlockingClock, (message) => self.postMessage(message));
};
