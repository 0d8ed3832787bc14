import { fileURLToPath } from "node:url";
import type { SlotCommand } from "./process_host.ts";

/** The first argument of the executable that makes it a slot: no name of a command. */
export const slotArgument = "slot-process";

/**
 * A child of our own program: the executable itself, or the same Deno with the same sources. Its main thread is ours and
 * relays, so it has all permissions; the job runs in a thread that has its own.
 */
export function ownCommand(): SlotCommand {
  const program = Deno.execPath();
  if (Deno.build.standalone) return { program, args: [slotArgument] };
  const entry = fileURLToPath(new URL("../../../workers/process.ts", import.meta.url));
  const config = fileURLToPath(new URL("../../../deno.json", import.meta.url));
  const flags = ["--frozen", "--cached-only", "--no-prompt", "--no-check", "--allow-all", "--config", config];
  return { program, args: ["run", "--v8-flags=--max-semi-space-size=8", ...flags, entry] };
}
