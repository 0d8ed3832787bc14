import { UsageError } from "../../errors.ts";
import { keyReader, type ReadKey } from "../../exec/pace/item_key.ts";
import { paceOf } from "../../exec/pace/pace.ts";
import type { Pace } from "../../exec/pace/pacing.ts";
import { codecs } from "../job/run_input.ts";
import type { RunValues } from "./command.ts";

/** What the command line says of the pace of a run. */
export type PaceFlags = Pick<RunValues, "rate" | "burst" | "delay" | "key" | "perKey" | "perKeyRate" | "input">;

/**
 * The pace that the command line asks for.
 *
 * @throws {UsageError} a flag says nothing without another one, or the key is not the path of a field that items can have
 */
export function runPace({ rate, burst, delay, key, perKey, perKeyRate, input }: PaceFlags): Pace {
  if (burst !== undefined && rate.length === 0) {
    throw new UsageError("--burst is of a rate: add --rate, like --rate 5/s");
  }
  const limitsKeys = perKey !== undefined || perKeyRate.length > 0;
  if (key === undefined && limitsKeys) {
    const flag = perKey !== undefined ? "--per-key" : "--per-key-rate";
    throw new UsageError(`${flag} needs to know what a key is: add --key, like --key user.id or --key host:url`);
  }
  if (key !== undefined && !limitsKeys) {
    throw new UsageError("--key limits nothing by itself: add --per-key 4, --per-key-rate 5/s, or both");
  }
  const keys = key === undefined ? undefined : { read: readerOf(key, input), perKey, perKeyRates: perKeyRate };
  return paceOf({ rates: rate, burst, delayMs: delay, keys });
}

function readerOf(key: string, input: PaceFlags["input"]): ReadKey {
  const read = keyReader(key, codecs[input]);
  if (read === undefined) {
    throw new UsageError(
      `--key ${key}: expected the path of a field, like user.id, items[0].id, host:url, or . for the item`,
    );
  }
  if (input === "lines" && key !== "." && key !== "host:.") {
    throw new UsageError(`--key ${key}: lines of text have no fields; with --input lines use --key . or --key host:.`);
  }
  return read;
}
