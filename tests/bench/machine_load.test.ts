import { assert } from "@std/assert";
import { processMeter } from "../../lib/bench/machine_load.ts";

const { readLoad } = processMeter;

Deno.test("machine load: a waiting thread gives up its core each time, and no reading decreases", () => {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const before = readLoad();
  for (let i = 0; i < 20; i++) Atomics.wait(gate, 0, 0, 1);
  const after = readLoad();
  for (const key of ["busyMs", "ownMs", "voluntarySwitches", "involuntarySwitches"] as const) {
    assert(after[key]! >= before[key]!, `${key}: ${before[key]} to ${after[key]}`);
  }
  if (Deno.build.os === "windows") return; // Windows counts no switches
  assert(after.voluntarySwitches! - before.voluntarySwitches! >= 20);
});

Deno.test("machine load: the kernel takes the core from threads that never wait if they outnumber the cores", async () => {
  if (Deno.build.os === "windows") return;
  const flag = new Int32Array(new SharedArrayBuffer(4)); // a busy thread cannot be ended from outside
  const code = "onmessage = ({ data: flag }) => { while (Atomics.load(flag, 0) === 0); postMessage('over'); }";
  const before = readLoad();
  const over = Array.from({ length: navigator.hardwareConcurrency + 1 }, async () => {
    const worker = new Worker(`data:text/javascript,${encodeURIComponent(code)}`, { type: "module" });
    worker.postMessage(flag);
    await new Promise((resolve) => worker.onmessage = resolve);
    worker.terminate();
  });
  while (readLoad().involuntarySwitches! === before.involuntarySwitches!) {
    await new Promise((resolve) => setImmediate(resolve)); // until it has
  }
  Atomics.store(flag, 0, 1);
  await Promise.all(over);
});
