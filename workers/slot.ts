/// <reference no-default-lib="true"/>
/// <reference lib="deno.worker"/>
import { denoRuntime } from "../lib/exec/slot/deno/runtime.ts";
import { runSlot } from "../lib/exec/slot/main.ts";
import { jobFrame } from "../lib/jobs/job_frame.ts";
import { loadJob, namesDescriptors } from "../lib/jobs/load.ts";
import { ownItems } from "../lib/plain_items.ts";

runSlot(denoRuntime, { load: loadJob, namesDescriptors, itemsOf: ownItems, placeOf: jobFrame });
