import { proseText } from "../../report/wrap.ts";
import type { Progress } from "./progress.ts";
import type { Session, Source } from "./session.ts";

/** How long a person may be silent before it is said what is awaited, in milliseconds. */
const silentMs = 1_000;

/** What is awaited, by the kind of input. */
const awaited = {
  json: "a JSON value for each item, one a line",
  lines: "a line of text for each item",
  csv: "rows of CSV, first the header",
  tsv: "rows of TSV, first the header",
  array: "a JSON array of items",
} as const;

/**
 * stdin that a person types: the progress line ends, because it would erase what is typed, and after a second it is said once what is
 * awaited, unless that comes before.
 */
export function typedInput(
  { input, quiet }: { readonly input: keyof typeof awaited; readonly quiet: boolean },
  progress: Progress,
  { stdin, stderr, clock }: Pick<Session, "stdin" | "stderr" | "clock">,
): Source {
  const what = awaited[input];
  const end = Deno.build.os === "windows" ? "Ctrl-Z and Enter end" : "Ctrl-D ends";
  let read = async (into: Uint8Array): Promise<number | null> => {
    read = (into) => stdin.read(into);
    await progress.end();
    const silence = clock.wait(silentMs);
    void silence.done.then(() => {
      if (stderr.style.terminal && !quiet) {
        return stderr.write(proseText([`waiting for input from the terminal: ${what}; ${end} it`], stderr.style));
      }
    }).catch(() => {}); // results matter, this does not
    try {
      return await stdin.read(into);
    } finally {
      silence.cancel();
    }
  };
  return { ...stdin, read: (into) => read(into) };
}
