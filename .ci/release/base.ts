import type { Refused } from "./compile.ts";
import { printed } from "./program.ts";

/** Why an executable that can run here is not taken: it does not start, or has another Deno than `expected`. */
export async function refusedBase(path: string, expected: string): Promise<Refused | undefined> {
  let text: string;
  try {
    text = await printed(path, ["--version", "--json"]);
  } catch (error) {
    const [why] = error instanceof Error ? error.message.split("\n") : [`${error}`];
    return { refused: `It does not start: ${why}` };
  }
  const { deno }: { deno: string } = JSON.parse(text);
  return deno === expected ? undefined : { refused: `Its base is Deno ${deno}, not ${expected}.` };
}
