import { slotArgument } from "./lib/exec/process/slot_argument.ts";

if (import.meta.main) {
  const [first, address] = Deno.args;
  if (first === slotArgument) await (await import("./lib/exec/process/slot_process.ts")).runSlotProcess(address);
  else Deno.exit(await (await import("./lib/cli/mod.ts")).main(Deno.args));
}
