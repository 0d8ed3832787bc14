import { wrapWords } from "../../report/wrap.ts";
import { tool } from "../../tool.ts";
import type { Command } from "./command.ts";
import { common } from "./common_options.ts";
import { descriptionOf, flagsOf, spellingOf } from "./flag_text.ts";
import type { Topic } from "./topic.ts";

/** Lines of the source that are longer are a matter of style to `mandoc -T lint`. */
const maxColumns = 78;

/** When the words of the page were last changed, as man(7) has it. */
const changed = "2026-11-27";

/** The man page of the program, from the table: roff with the macros of man(7), in ASCII. */
export function manPage(
  commands: readonly Command[],
  topics: Readonly<Record<string, Topic>>,
  exitCodes: string,
): string {
  const usages = commands.flatMap((command) => [".br", usageOf(command)]).slice(1);
  return [
    '.\\" Made by: tandem help man',
    `.TH TANDEM 1 "${changed}" "tandem ${escaped(tool.version)}" "User Commands"`,
    ".SH NAME",
    "tandem \\- measure whether a job should run as async tasks, in threads, or both",
    ".SH SYNOPSIS",
    ...usages,
    ".SH DESCRIPTION",
    ...prose(
      "tandem measures on your machine whether a job should run as async tasks, in threads, or both, and then runs it so. " +
        "Without a command it tests claims about tasks and threads.",
    ),
    ".PP",
    ...prose("tandem help TOPIC says more; the topics are listed below."),
    ".SH COMMANDS",
    ...commands.flatMap(commandLines),
    ".SH FLAGS OF ALL COMMANDS",
    ...flagLines(flagsOf({ options: common })),
    ".SH TOPICS",
    ...Object.entries(topics).flatMap(([name, { summary }]) => [".TP", `.B ${escaped(name)}`, ...prose(`${summary}.`)]),
    ".SH EXIT STATUS",
    ...exitCodes.trimEnd().split(/\n\n|\n(?= {2}\d)/).flatMap(exitLines),
    ".SH ENVIRONMENT",
    ...variables.flatMap(([names, about]) => [".TP", `.B ${escaped(names)}`, ...prose(about)]),
    ".SH FILES",
    ...files.flatMap(([name, about]) => [".TP", `.I ${escaped(name)}`, ...prose(about)]),
    ".SH SEE ALSO",
    ".BR parallel (1),",
    ".BR xargs (1),",
    ".BR hyperfine (1)",
    "",
  ].join("\n");
}

const variables = [
  ["TANDEM_FLAG", "The value of a flag: TANDEM_MAX_TIME=1m is --max-time 1m. See: tandem help config."],
  [
    "NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR, CLICOLOR",
    "Whether the output is coloured, where --color does not say it. The first that is set decides.",
  ],
  ["COLUMNS", "The width of the output, where it is not a terminal."],
  ["LC_ALL, LC_CTYPE, LANG", "The first that is set decides: where it does not name UTF-8, texts are in ASCII."],
] as const;

const files = [
  ["tandem.jsonc", "The project's values of flags, in the working folder or one above it."],
  ["$XDG_CONFIG_HOME/tandem/config.jsonc", "The user's values of flags."],
] as const;

function usageOf({ name, operands }: Command): string {
  return `\\fBtandem ${escaped(name)}\\fR [\\fIFLAGS\\fR]${operands ? ` \\fI${escaped(operands.usage)}\\fR` : ""}`;
}

/** What is said of a command: its flags but those of all commands, in their groups. */
function commandLines(command: Command): string[] {
  const own = flagsOf(command).filter(([key]) => !Object.hasOwn(common, key));
  const groups = Map.groupBy(own, ([, { group = "Flags" }]) => group);
  return [
    `.SS tandem ${escaped(command.name)}`,
    ...prose(`${command.summary}.`),
    ".PP",
    usageOf(command),
    ...[...groups].flatMap(([name, flags]) => [".PP", `.I ${escaped(name)}:`, ...flagLines(flags)]),
    ".PP",
    ".I Examples:",
    ...command.examples.flatMap(({ line, what }) => [".TP", `\\fB${escaped(line)}\\fR`, ...prose(`${what}.`)]),
  ];
}

function flagLines(flags: ReturnType<typeof flagsOf>): string[] {
  return flags.flatMap(([key, option]) => [
    ".TP",
    `\\fB${escaped(spellingOf(key, option).trim())}\\fR`,
    ...prose(descriptionOf(option).replace(/(?<![.\]])$/, ".")),
  ]);
}

/** A part of the topic on exit codes: a code and what it says, a paragraph, or a sample. */
function exitLines(text: string): string[] {
  const [, code, about] = /^ {2}(\d+) +(.*)$/s.exec(text) ?? [];
  if (code !== undefined) return [".TP", `.B ${code}`, ...prose(about)];
  return [".PP", ...text.startsWith(" ") ? verbatim(text) : prose(text)];
}

/** A text that is filled. */
function prose(text: string): string[] {
  return wrapWords(escaped(text.replace(/\s+/g, " ")), maxColumns).map(guarded);
}

/** A text whose lines stay as they are. */
function verbatim(text: string): string[] {
  return [".nf", ...text.split("\n").map((line) => line === "" ? ".sp" : guarded(escaped(line))), ".fi"];
}

/** A line that is no request: the control characters of roff are harmless behind an empty one. */
function guarded(line: string): string {
  return /^[.']/.test(line) ? `\\&${line}` : line;
}

/** A text as roff shows it: no character of it is roff's, and `-` can be copied from the page (groff_char(7)). */
function escaped(text: string): string {
  const named: Readonly<Record<string, string>> = {
    "\\": "\\e",
    "-": "\\-",
    "'": "\\(aq",
    "`": "\\(ga",
    '"': "\\(dq",
    "^": "\\(ha",
    "~": "\\(ti",
  };
  return text.replace(
    /[\\'`"^~-]|[^\x20-\x7e]/gu,
    (character) => named[character] ?? `\\[u${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}]`,
  );
}
