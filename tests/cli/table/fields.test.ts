import { assertEquals } from "@std/assert";
import { grant } from "../../../lib/cli/job/grant_options.ts";
import { count, duration, file, optional, repeated, toggle } from "../../../lib/cli/table/option.ts";
import { fieldsByCommand, optionFields } from "../../../lib/cli/table/fields.ts";
import { loadCommands } from "../../../lib/cli/commands.ts";

/** What the schema says of each flag. */
function abouts(options: Parameters<typeof optionFields>[0]["options"]): readonly string[] {
  return Object.values(optionFields({ options })).map(({ about }) => about);
}

Deno.test("optionFields: a flag's shape; it is absent where nothing gives one", () => {
  const options = { maxItems: count(5, "items"), threads: optional(count(1, "threads")) };
  assertEquals(optionFields({ options }), {
    maxItems: { shape: options.maxItems.shape, about: "--max-items: items", optional: false },
    threads: { shape: options.threads.shape, about: "--threads: threads; absent if not given", optional: true },
  });
});

Deno.test("optionFields: what is said of a flag: its unit, what its special values mean, and more", () => {
  assertEquals(
    abouts({
      timeout: duration("1s", "time limit"),
      quiet: { ...toggle("say nothing"), more: "Not even warnings." },
      lines: repeated(count(1, "lines")),
      journal: file("a file"),
    }),
    [
      "--timeout: time limit, in milliseconds",
      "--quiet: say nothing. Not even warnings.",
      "--lines: lines",
      "--journal: a file; absent if not given",
    ],
  );
});

Deno.test("optionFields: what a value may be that can be left out", () => {
  const deno = { ...file("with this Deno"), kind: "attached", fallback: undefined } as const;
  assertEquals(abouts({ allowNet: grant("hosts", "HOST"), deno }), [
    "--allow-net: hosts; true: all, false: none",
    '--deno: with this Deno; "" if given without a value; absent if not given',
  ]);
});

Deno.test("fieldsByCommand: the fields of each command, by its name", async () => {
  const commands = await loadCommands();
  const fields = fieldsByCommand(commands);
  assertEquals(Object.keys(fields), commands.map(({ name }) => name));
  for (const command of commands) assertEquals(fields[command.name], optionFields(command));
});
