import type { CompletedCommand, CompletedFlag, Kind, Place, Word } from "./places.ts";

/**
 * A script for bash. It uses nothing of bash-completion, and no syntax that bash 3.2 (macOS) does not have. What bash shows of a
 * word follows cobra: descriptions only where words are listed, never where they are inserted (COMP_TYPE, see `man bash`).
 */
export function bashScript(commands: readonly CompletedCommand[], defaultCommand: string): string {
  return `# Completes tandem in bash. To install it, with the package bash-completion:
#   mkdir -p ~/.local/share/bash-completion/completions
#   tandem completions bash > ~/.local/share/bash-completion/completions/tandem
# Without that package, add this line to ~/.bashrc:
#   eval "$(tandem completions bash)"

# Whether the value of a flag is the next word: COMMAND FLAG
_tandem_takes() {
  case $1:$2 in
${takesCases(commands)}
    *) return 1 ;;
  esac
}

# What the value of a flag may be: COMMAND FLAG
_tandem_value() {
  case $1:$2 in
${valueCases(commands)}
  esac
}

# The flags of a command: COMMAND
_tandem_flags() {
  case $1 in
${commands.map(({ word, flags }) => `    ${word}) ${offers(flags.flatMap(spellings))} ;;`).join("\n")}
  esac
}

# What takes flags back, which is offered where a word begins like that, as git does: COMMAND
_tandem_negations() {
  case $1 in
${commands.map(({ word, negations }) => `    ${word}) ${offers(negations, "+=")} ;;`).join("\n")}
  esac
}

# What an operand may be: COMMAND, and how many operands are before it
_tandem_operand() {
  case $1:$2 in
${operandCases(commands)}
  esac
}

_tandem() {
  local typed offer i n=-1 line=\${COMP_LINE:0:COMP_POINT}
  local -a words=() offers=() found=()
  # The words as tandem gets them: bash also splits them at = and :
  for ((i = 0; i <= COMP_CWORD; i++)); do
    if [[ $n -lt 0 || $line == [[:space:]]* ]]; then
      line=\${line#"\${line%%[![:space:]]*}"}
      words[++n]=
    fi
    typed=\${COMP_WORDS[i]}
    [[ $i -eq $COMP_CWORD ]] && typed=$line # up to the cursor
    words[n]+=$typed
    line=\${line#"$typed"}
  done

  local command= valued= dashes= operands=0
  for ((i = 1; i < n; i++)); do
    if [[ -z $dashes && \${words[i]} == -- ]]; then
      dashes=1
    elif [[ -z $dashes && \${words[i]} == -* ]]; then
      if _tandem_takes "$command" "\${words[i]}"; then
        if [[ $((++i)) -eq $n ]]; then valued=\${words[n - 1]}; fi
      fi
    elif [[ -z $command ]]; then
      command=\${words[i]}
    else
      operands=$((operands + 1))
    fi
  done

  typed=\${words[n]#[\\"\\']}
  local current=$typed head= also= commas= flags=\${command:-${defaultCommand}}
  if [[ -n $valued ]]; then
    _tandem_value "$flags" "$valued"
  elif [[ -z $dashes && $current == --*=* ]]; then
    head=\${current%%=*}=
    current=\${current#*=}
    _tandem_value "$flags" "\${head%=}"
  elif [[ -z $dashes && $current == -* ]]; then
    _tandem_flags "$flags"
    if [[ $current == --n* ]]; then _tandem_negations "$flags"; fi
  elif [[ -z $command ]]; then
    ${offers(commands)}
  else
    _tandem_operand "$command" "$operands"
  fi
  if [[ -n $commas && $current == *,* ]]; then
    head=$head\${current%,*},
    current=\${current##*,}
  fi

  for offer in "\${offers[@]}"; do
    if [[ \${offer%%$'\\t'*} == "$current"* ]]; then found+=("$offer"); fi
  done
  if [[ $also == command || $also == export ]]; then
    while IFS= read -r offer; do found+=("$offer"); done < <(compgen -A "$also" -- "$current")
  elif [[ $also == files && \${#found[@]} -eq 0 ]] && compopt -o default 2> /dev/null; then
    COMPREPLY=() # readline completes the name of a file
    return
  elif [[ $also == files && $current != @* ]]; then
    compopt -o filenames 2> /dev/null
    while IFS= read -r offer; do found+=("$offer"); done < <(compgen -f -- "$current")
  fi

  COMPREPLY=()
  local kept=\${typed%"$2"} reply # readline keeps what stands before the last = or :
  for offer in "\${found[@]}"; do
    reply=$head\${offer%%$'\\t'*}
    reply=\${reply#"$kept"}
    case $COMP_TYPE in
      33 | 63 | 64)
        if [[ \${#found[@]} -gt 1 && $offer == *$'\\t'* ]]; then reply="$reply  (\${offer#*$'\\t'})"; fi
        ;;
    esac
    COMPREPLY+=("$reply")
  done
}

complete -F _tandem tandem
`;
}

/** The flags whose value is the next word; where no command is known yet, those of all commands. */
function takesCases(commands: readonly CompletedCommand[]): string {
  const taking = ({ flags }: CompletedCommand) =>
    flags.filter(({ value }) => value === "next").flatMap((flag) => spellings(flag).map(({ word }) => word));
  const all = new Set(commands.flatMap(taking));
  return [
    caseOf([...all].map((flag) => `:${flag}`), ""),
    ...commands.map((command) => caseOf(taking(command).map((flag) => `${command.word}:${flag}`), "")),
  ].filter((line) => line !== "").join("\n");
}

function valueCases(commands: readonly CompletedCommand[]): string {
  const cases = commands.flatMap(({ word, flags }) =>
    flags.map((flag) => ({
      patterns: spellings(flag).map((spelling) => `${word}:${spelling.word}`),
      action: actionOf(flag.place),
    }))
  ).filter(({ action }) => action !== "");
  return [...Map.groupBy(cases, ({ action }) => action)].map(([action, alike]) =>
    caseOf(alike.flatMap(({ patterns }) => patterns), action)
  ).join("\n");
}

function operandCases(commands: readonly CompletedCommand[]): string {
  return commands.flatMap(({ word, operands, rest }) => [
    ...operands.map((place, i) => caseOf([`${word}:${i}`], actionOf(place))),
    ...rest === undefined ? [] : [caseOf([`${word}:*`], actionOf(rest))],
  ]).join("\n");
}

/** One branch of `case`; none without patterns. */
function caseOf(patterns: readonly string[], action: string): string {
  return patterns.length === 0 ? "" : `    ${patterns.join(" | ")}) ${action === "" ? "" : `${action} `};;`;
}

/** What bash calls what it can list itself (`compgen -A`); files are listed in other ways. */
const listed: Readonly<Record<Kind, string>> = { files: "files", programs: "command", variables: "export" };

function actionOf({ words, also, commas }: Place): string {
  return [
    ...words.length > 0 ? [offers(words)] : [],
    ...also === undefined ? [] : [`also=${listed[also]}`],
    ...commas ? ["commas=1"] : [],
  ].join("; ");
}

function spellings({ word, short, about }: CompletedFlag): Word[] {
  return [{ word, about }, ...short === undefined ? [] : [{ word: short, about }]];
}

/** Words as an array, each with a tab before what is said of it. */
function offers(words: readonly Word[], operator = "="): string {
  const quoted = words.map(({ word, about }) =>
    about === "" ? word : `$'${word}\\t${about.replace(/[\\']/g, "\\$&")}'`
  );
  return `offers${operator}(${quoted.join(" ")})`;
}
