import type { Row } from "../table/command.ts";
import { common } from "../table/common_options.ts";

/** `tandem completions`. */
export const row: Row<typeof common> = {
  name: "completions",
  summary: "Print a script that completes tandem's commands and flags in a shell",
  operands: { usage: "bash|zsh|fish|powershell", min: 1, max: 1 },
  examples: [
    { line: "tandem completions zsh > ~/.zfunc/_tandem", what: "for zsh" },
    { line: "tandem help completions", what: "how to install it in each shell" },
  ],
  options: common,
  needs: () => ["read"],
};
