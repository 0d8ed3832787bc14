import { runSlotProcess } from "../lib/exec/host/process/slot_process.ts";

await runSlotProcess(Deno.args[Deno.args.length - 1]);
