import type { CompletedCommand, CompletedFlag, Kind, Place, Word } from "./places.ts";

/** A script for zsh, made of `_arguments` and `_describe` (zshcompsys(1)), in the form that clap_complete gives it. */
export function zshScript(commands: readonly CompletedCommand[], defaultCommand: string): string {
  const [shown] = commands.filter(({ word }) => word === defaultCommand);
  const described = new Map(
    commands.flatMap(({ operands, rest }) => [...operands, ...rest === undefined ? [] : [rest]])
      .filter(isDescribed).map((place) => [place.name, place]),
  );
  return `#compdef tandem
# Completes tandem in zsh. To install it, in a folder of $fpath:
#   mkdir -p ~/.zfunc
#   tandem completions zsh > ~/.zfunc/_tandem
# with these lines in ~/.zshrc:
#   fpath+=~/.zfunc
#   autoload -Uz compinit; compinit

_tandem() {
  local curcontext=$curcontext state line
  typeset -A opt_args
  local no='!' # such a flag is known, and offered only where a word begins like it, as git does
  [[ $PREFIX == --n* ]] && no=

  _arguments -C : \\
${argumentLines([...shown.flags.map(flagSpec), ...shown.negations.map(negationSpec)])}
    ':command:_tandem_commands' \\
    '*::: :->operands' && return

  [[ $state == operands ]] || return 1
  words=("$line[1]" "\${words[@]}")
  (( CURRENT += 1 ))
  case $line[1] in
${commands.map(commandCase).join("\n")}
  esac
}

_tandem_commands() {
  ${describing("command", commands)}
}

${[...described.values()].map(placeFunction).join("\n\n")}

if [[ $funcstack[1] == _tandem ]]; then
  _tandem "$@"
else
  compdef _tandem tandem
fi
`;
}

function commandCase({ word, flags, negations, operands, rest }: CompletedCommand): string {
  const specs = [
    ...flags.map(flagSpec),
    ...negations.map(negationSpec),
    ...operands.map((place, i) => quoted(`${i + 1}:${messageOf(place)}:${actionOf(place)}`)),
    ...rest === undefined ? [] : [quoted(`*:${messageOf(rest)}:${actionOf(rest)}`)],
  ];
  return `    ${word})
      _arguments -S : \\
${argumentLines(specs).replace(/^/gm, "    ").replace(/ \\$(?![^])/, "")}
      ;;`;
}

function argumentLines(specs: readonly string[]): string {
  return specs.map((spec) => `    ${spec} \\`).join("\n");
}

/** `'--mode=[how wide to run]:MODE:(auto serial)'`; a flag with a short form has both, and they exclude each other. */
function flagSpec({ word, short, about, value, place, repeated }: CompletedFlag): string {
  const message = value === "none" ? "" : `${value === "attached" ? "::" : ":"}${messageOf(place)}:${actionOf(place)}`;
  const long = { none: word, next: `${word}=`, attached: `${word}=-` }[value];
  const rest = `${explanation(about)}${message}`;
  if (short === undefined) return quoted(`${repeated ? "*" : ""}${long}${rest}`);
  const brief = value === "none" ? short : `${short}+`;
  return `${repeated ? "'*'" : quoted(`(${short} ${word})`)}{${brief},${long}}${quoted(rest)}`;
}

/** `"$no"'--no-quiet[as if --quiet were not given]'` */
function negationSpec({ word, about }: Word): string {
  return `"$no"${quoted(`${word}${explanation(about)}`)}`;
}

/** What is said of a flag, in a spec. */
function explanation(about: string): string {
  return `[${about.replace(/[\\[\]:]/g, "\\$&")}]`;
}

/** The name of a place, in a spec whose parts have colons between. */
function messageOf({ name }: Place): string {
  return name.replaceAll(":", "\\:");
}

/** What stands in a place. A blank: something, that nobody can know. */
function actionOf(place: Place): string {
  const { name, words, also, commas } = place;
  if (isDescribed(place)) return functionName(place);
  const list = words.map(({ word }) => word).join(" ");
  if (commas && words.length > 0) return `_values -s , ${name} ${list}`;
  if (words.length > 0) return `(${list})`;
  return also === undefined ? " " : listed[also];
}

/** What zsh can list itself; variables with commas between. */
const listed: Readonly<Record<Kind, string>> = {
  files: "_files",
  programs: "_command_names -e",
  variables: "_sequence -s , _parameters -g '*export*'",
};

/** Whether there is something to say of the words of a place. */
function isDescribed({ words }: Place): boolean {
  return words.some(({ about }) => about !== "");
}

function functionName({ name }: Place): string {
  return `_tandem_${name.toLowerCase().replace(/\W+/g, "_")}`;
}

function placeFunction(place: Place): string {
  const name = place.name.toLowerCase().replaceAll("|", " or ");
  const files = place.also === "files" ? "\n  _files && found=0" : "";
  return `${functionName(place)}() {
  local found=1
  ${describing(name, place.words)} && found=0${files}
  return found
}`;
}

function describing(name: string, words: readonly Word[]): string {
  const lines = words.map(({ word, about }) =>
    `\n    ${quoted(`${word.replaceAll(":", "\\:")}:${about.replaceAll("\\", "\\\\")}`)}`
  );
  return `local -a words_of=(${lines.join("")}\n  )
  _describe -t ${name.replaceAll(" ", "-")}s ${quoted(name)} words_of`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
