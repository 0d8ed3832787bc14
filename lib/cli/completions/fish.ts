import type { CompletedCommand, CompletedFlag, Place, Word } from "./places.ts";

/** A script for fish, made of `complete` (fish's manual), with a function that finds the command in what is typed. */
export function fishScript(commands: readonly CompletedCommand[], defaultCommand: string): string {
  const taking = new Set(
    commands.flatMap(({ flags }) => flags).filter(({ value }) => value === "next")
      .flatMap(({ word, short }) => short === undefined ? [word] : [word, short]),
  );
  return `# Completes tandem in fish. To install it:
#   tandem completions fish > ~/.config/fish/completions/tandem.fish

# The command and its operands that stand before the cursor, one a line
function __tandem_words
    set -l tokens (commandline -opc)
    set -l skip 0
    set -l dashes 0
    for token in $tokens[2..]
        if test $skip = 1
            set skip 0
        else if test $dashes = 1; or not string match -q -- '-*' $token
            echo -- $token
        else if test "$token" = --
            set dashes 1
        else
            contains -- $token ${[...taking].join(" ")}
            and set skip 1
        end
    end
end

# Whether that command is completed: COMMAND
function __tandem_is
    set -l words (__tandem_words)
    test "$words[1]" = $argv[1]
end

# Whether a word is completed that takes a flag back; they are offered only then, as git does
function __tandem_no
    string match -q -- '--n*' (commandline -ct)
end

# Whether none is named yet
function __tandem_none
    test (count (__tandem_words)) = 0
end

# Whether an operand of the command is completed, and how many are before it: COMMAND TEST NUMBER
function __tandem_operand
    set -l words (__tandem_words)
    test "$words[1]" = $argv[1]; and test (count $words) $argv[2] (math $argv[3] + 1)
end

complete -c tandem -f
${commands.map((one) => `complete -c tandem -n __tandem_none -a ${one.word} -d ${quoted(one.about)}`).join("\n")}
${commands.flatMap((command) => commandLines(command, command.word === defaultCommand)).join("\n")}
`;
}

function commandLines({ word, flags, negations, operands, rest }: CompletedCommand, isDefault: boolean): string[] {
  const condition = isDefault ? `__tandem_is ${word}; or __tandem_none` : `__tandem_is ${word}`;
  return [
    ...flags.map((flag) => flagLine(flag, condition)),
    ...negations.map(({ word, about }) =>
      `complete -c tandem -n ${quoted(`__tandem_no; and begin; ${condition}; end`)} -l ${word.slice(2)} -d ${
        quoted(about)
      }`
    ),
    ...operands.map((place, i) => operandLine(place, `__tandem_operand ${word} -eq ${i}`)),
    ...rest === undefined ? [] : [operandLine(rest, `__tandem_operand ${word} -ge ${operands.length}`)],
  ];
}

function flagLine({ word, short, about, value, place }: CompletedFlag, condition: string): string {
  return [
    `complete -c tandem -n ${quoted(condition)}`,
    ...short === undefined ? [] : [`-s ${short.slice(1)}`],
    `-l ${word.slice(2)}`,
    ...value === "next" ? ["-r"] : [],
    ...value === "none" ? [] : placeParts(place),
    `-d ${quoted(about)}`,
  ].join(" ");
}

function operandLine(place: Place, condition: string): string {
  return [`complete -c tandem -n ${quoted(condition)}`, ...placeParts(place)].join(" ");
}

/** What stands in a place: files or not, and words. */
function placeParts({ words, also, commas }: Place): string[] {
  const list = words.map(({ word }) => word).join(" ");
  return [
    also === "files" ? "-F" : "-f",
    ...also === "programs" ? ["-a '(__fish_complete_command)'"] : [],
    ...also === "variables" ? ["-a '(__fish_append , (set --names --export))'"] : [],
    ...words.length === 0
      ? []
      : [`-a ${quoted(commas ? `(__fish_append , ${list})` : words.map(wordText).join("\n"))}`],
  ];
}

/** A word of a list, which fish expands before it shows it: a tab, and what is said of it. */
function wordText({ word, about }: Word): string {
  return about === "" ? word : `${word}\\t${quoted(about)}`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
