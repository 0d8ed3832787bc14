import { main } from "./lib/cli/mod.ts";
import { childArgument, slotArgument } from "./lib/program_arguments.ts";

if (import.meta.main) {
  const [first, address] = Deno.args;
  if (first === slotArgument) await (await import("./lib/exec/host/process/slot_process.ts")).runSlotProcess(address);
  else if (first === childArgument) await runChild();
  else Deno.exit(await main(Deno.args));
}

async function runChild(): Promise<void> {
  const [{ runChildMain }, { childMeasurements }] = await Promise.all([
    import("./lib/child/child_main.ts"),
    import("./lib/child_measurements.ts"),
  ]);
  await runChildMain(childMeasurements);
}
