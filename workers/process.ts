import { runSlotProcess } from "../lib/exec/process/slot_process.ts";

// A job that ends our parent's connection, or our parent's end itself, is the end of this process, whatever its threads do.
try {
  await runSlotProcess(Deno.args[Deno.args.length - 1]);
} finally {
  Deno.exit();
}
