import { main } from "./lib/cli/mod.ts";
import { slotArgument } from "./lib/exec/host/process/slot_argument.ts";

if (import.meta.main) {
  const [first, address] = Deno.args;
  if (first === slotArgument) await (await import("./lib/exec/host/process/slot_process.ts")).runSlotProcess(address);
  else Deno.exit(await main(Deno.args));
}
