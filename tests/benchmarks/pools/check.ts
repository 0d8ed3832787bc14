import { type Input, plain } from "./commands.ts";
import type { Contender } from "./contenders.ts";
import { read } from "./process.ts";

/** Says what is wrong with a contender's results; they are compared with those of the job without any pool. */
export function openCheck(): (contender: Contender, input: Input) => Promise<string | undefined> {
  const expectations = new Map<string, ReturnType<typeof read>>();

  function expected(input: Input, unordered: boolean): ReturnType<typeof read> {
    const key = `${input.file} ${unordered}`;
    const known = expectations.get(key) ?? read(plain(input), unordered);
    expectations.set(key, known);
    return known;
  }

  return async (contender, input) => {
    const unordered = contender.unordered === true;
    const right = await expected(input, unordered);
    if (right.kind === "failed") return `its results cannot be checked: ${right.why}`;
    const found = await read(contender.build(input), unordered);
    if (found.kind === "failed") return `does not run: ${found.why}`;
    if (found.lines !== right.lines) return `wrong: ${found.lines} results of ${right.lines}`;
    return found.hash === right.hash ? undefined : "wrong: other results than the job alone gives, or in another order";
  };
}
