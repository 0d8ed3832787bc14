import process from "node:process";
import { isMainThread } from "node:worker_threads";
import { runNodeProcess } from "../lib/exec/host/process/node/slot_process.ts";
import { runSlot } from "../lib/exec/slot/main.ts";
import { nodeRuntime } from "../lib/exec/slot/node/runtime.ts";
import { jobFrame } from "../lib/jobs/job_frame.ts";
import { loadJob } from "../lib/jobs/load.ts";
import { ownItems } from "../lib/plain_items.ts";

if (isMainThread) await runNodeProcess(process.argv[2], new URL(import.meta.url));
else {
  const namesDescriptors = () => Promise.resolve(true);
  runSlot(nodeRuntime(), { load: loadJob, namesDescriptors, itemsOf: ownItems, placeOf: jobFrame });
}
