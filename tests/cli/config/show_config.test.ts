import { assertEquals } from "@std/assert";
import { configText } from "../../../lib/cli/config/show_config.ts";
import { common } from "../../../lib/cli/table/common_options.ts";
import { count, duration, optional, type Options, repeated, toggle } from "../../../lib/cli/table/option.ts";

const options = {
  ...common,
  take: count(20, ""),
  maxTime: duration("2m", ""),
  threads: optional(count(1, ""), "chosen by --mode"),
  seed: optional(count(1, "")),
  only: repeated(count(1, "")),
  quiet: toggle(""),
};

/** The command that has these flags; the other parts of its row are not shown. */
const commandOf = (options: Options) => ({
  name: "sample",
  summary: "",
  examples: [],
  options,
  needs: () => [],
  run: () => Promise.resolve(0),
});

Deno.test("configText: each flag but actions, its value or what happens without, and the strongest that gives it", () => {
  const layers = [
    { from: "/home/me/config.jsonc", values: { take: 3, maxTime: 90_000 } },
    { from: "TANDEM_TAKE", values: { take: 1_000 } },
    { from: "command line", values: { quiet: true, only: [3, 4], threads: undefined } },
  ];
  assertEquals(
    configText(commandOf(options), layers),
    `--color     auto              default
--take      1000              TANDEM_TAKE
--max-time  90s               /home/me/config.jsonc
--threads   chosen by --mode  command line
--seed      none              default
--only      3,4               command line
--quiet     true              command line
`,
  );
});

Deno.test("configText: what a terminal would obey in a value or a path is written out", () => {
  const only = { take: { ...count(1, ""), write: () => ["\x1b[31m\n--take"] } };
  assertEquals(
    configText(commandOf(only), [{ from: "/\u202e/config.jsonc", values: { take: 3 } }]),
    "--take  \\u{1b}[31m\\n--take  /\\u{202e}/config.jsonc\n",
  );
});
