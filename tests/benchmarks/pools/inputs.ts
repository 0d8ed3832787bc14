import type { Input } from "./commands.ts";
import type { Contender } from "./contenders.ts";
import type { Workload } from "./workloads.ts";

/** Writes the lines of workloads into files, each number of lines once. */
export function inputsIn(folder: string, scale: number): (workload: Workload, contender: Contender) => Promise<Input> {
  const inputs = new Map<string, Promise<Input>>();
  return (workload, { share }) => {
    const wanted = workload.items * (share?.[workload.id] ?? 1) * scale;
    const items = Math.min(workload.items, Math.max(Math.round(wanted), 4));
    const file = `${folder}/${workload.id}-${items}.jsonl`;
    const input = inputs.get(file) ?? writeInput(workload, file, items);
    inputs.set(file, input);
    return input;
  };
}

async function writeInput(workload: Workload, file: string, items: number): Promise<Input> {
  await Deno.writeTextFile(file, ReadableStream.from(pieces(workload.lines(items))));
  return { workload, file, items, bytes: (await Deno.stat(file)).size };
}

/** Lines with their ends, several in a piece. */
function* pieces(lines: Iterable<string>): Generator<string> {
  let piece = "";
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length >= 2 ** 16) {
      yield piece;
      piece = "";
    }
  }
  yield piece;
}
