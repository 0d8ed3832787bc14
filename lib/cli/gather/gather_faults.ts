import { UsageError } from "../../errors.ts";
import type { RecordFault } from "../../gather/tagged_file.ts";
import type { UntagFault } from "../../gather/untag.ts";

/** What makes the error of a file that is not the output of an ordered run --tag. */
export function refuseRecord(name: string): (fault: RecordFault) => UsageError {
  return (fault) => new UsageError(`${name}, record ${fault.record}: ${faultText(fault)}`);
}

function faultText(fault: RecordFault): string {
  switch (fault.kind) {
    case "cut-off":
      return "the file ends in the middle of it, as its run was killed: resume that run (--resume), or run the shard again";
    case "out-of-order":
      return `line ${fault.line} comes after line ${fault.after}, so the run was --unordered, or two runs wrote to the file; ` +
        "sort it first (sort -s -t: -k2,2n), or run that shard without --unordered";
    case "not-tagged": {
      const start = JSON.stringify(new TextDecoder().decode(fault.start));
      return `expected a record of run --tag, like {"line":17,"value":...}, found ${start}; run the shards with --tag, and not with ` +
        "--output csv";
    }
    default:
      return fault satisfies never;
  }
}

/** The error of a value that --untag cannot write. */
export function refuseValue({ kind, line }: UntagFault): UsageError {
  const found = kind === "half-surrogate"
    ? "half a surrogate pair, which UTF-8 cannot hold"
    : "what separates records: a newline, or with -0 a NUL";
  return new UsageError(`line ${line}: its text holds ${found}; without --output lines it is written as JSON`);
}
