import { runFlags } from "../../lib/own_program.ts";
import { denoPrinted } from "./program.ts";
import type { ArchivedFile } from "./tar.ts";

const encoder = new TextEncoder();

/** Shells and the names that their completions have, as in ripgrep's archives. */
const completions = {
  bash: "tandem.bash",
  zsh: "_tandem",
  fish: "tandem.fish",
  powershell: "tandem.ps1",
} as const;

/** What an archive has beside the executable and the bill of materials: completions, the man page, the licence. */
export async function extras(): Promise<readonly ArchivedFile[]> {
  const printed = async (path: string, ...args: readonly string[]) => {
    const text = await denoPrinted("run", ...runFlags, "main.ts", ...args);
    return { path, bytes: encoder.encode(text) };
  };
  return [
    ...await Promise.all(
      Object.entries(completions).map(([shell, name]) => printed(`completions/${name}`, "completions", shell)),
    ),
    await printed("man/tandem.1", "help", "man"),
    { path: "LICENSE", bytes: await Deno.readFile("LICENSE") },
  ];
}
