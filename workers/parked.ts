/// <reference no-default-lib="true"/>
/// <reference lib="deno.worker"/>

// A thread that waits for messages and echoes them.
self.onmessage = ({ data }: MessageEvent) => self.postMessage(data);
