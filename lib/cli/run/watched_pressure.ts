import { UsageError } from "../../errors.ts";
import { PressureBrake } from "../../exec/tuning/pressure_brake.ts";
import type { Held } from "../../exec/tuning/pressure_rule.ts";
import { standstillText } from "../../report/run_text.ts";
import { sizeText } from "../table/units.ts";
import type { Session } from "../terminal/session.ts";
import type { RunValues } from "./command.ts";

/** The brake that `--load` and `--mem-free` ask for. `warn`: says once why nothing runs. */
export function pressureBrake(
  { load, memFree }: Pick<RunValues, "load" | "memFree">,
  { pressure, clock, cores }: Pick<Session, "pressure" | "clock" | "cores">,
  warn: (text: string) => void,
): PressureBrake {
  const read = () => pressure?.read(cores) ?? { load: undefined, freeBytes: undefined };
  const known = read();
  if (load !== undefined && known.load === undefined) throw untold("--load", "how loaded it is");
  if (memFree !== undefined && known.freeBytes === undefined) throw untold("--mem-free", "how much memory is free");
  const limits = { load: load === undefined ? undefined : load / 100, freeBytes: memFree };
  const flagOf = ({ kind }: Held) => kind === "load" ? `--load ${load}%` : `--mem-free ${sizeText(memFree ?? 0)}`;
  return new PressureBrake({ limits, clock, read, onStandstill: (held) => warn(standstillText(held, flagOf(held))) });
}

function untold(flag: string, what: string): UsageError {
  return new UsageError(`${flag}: this system does not tell ${what}; leave it out`);
}
