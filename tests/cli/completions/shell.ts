/** Real shells that complete what is typed. */
import { call } from "../in_process.ts";

/** A shell under test. */
export interface Shell {
  readonly name: "bash" | "zsh" | "fish";
  /** How it is started; its stdin is the lines. */
  readonly command: (script: string, folder: string) => readonly string[];
  /** What is given to its stdin. */
  readonly input: (lines: readonly string[], script: string, folder: string) => string;
}

/** A `tandem` that shows its arguments, one line for each time it is called. */
const showing = `tandem() { local word; for word in "$@"; do printf '<%s>' "$word"; done; echo; }`;

/** Types each line, then Tab and Enter. bash reads keys from a pipe as from a terminal. */
const bash: Shell = {
  name: "bash",
  command: () => ["bash", "--noprofile", "--norc", "-i"],
  input: (lines, script, folder) =>
    [
      "PS1=; bind 'set bell-style none'; bind 'set completion-query-items 0'; bind 'set page-completions off'",
      showing,
      `cd ${folder}; . ${script}`,
      ...lines.map((line) => `${line}\t`),
      "",
    ].join("\n"),
};

/** The same with bash-completion, which finds the script by its place. */
const withHelpers: Shell = {
  ...bash,
  command: (script) => {
    const data = script.replace(/\/bash-completion\/completions\/tandem$/, "");
    return ["env", `XDG_DATA_HOME=${data}`, ...bash.command("", "")];
  },
  input: (lines, _, folder) => bash.input(lines, "/usr/share/bash-completion/bash_completion", folder),
};

/**
 * zsh completes in a terminal only, which one of its modules makes. A line is typed when the one before has ended and the prompt is
 * there again: while a command runs, the terminal writes what is typed between what the command writes. The texts that are waited for
 * do not stand so in what is typed, which the terminal may write too.
 */
const zsh: Shell = {
  name: "zsh",
  command: () => ["zsh", "-f"],
  input: (lines, script, folder) => {
    const first = [
      "LISTMAX=10000; unsetopt beep",
      `fpath=(${folder}/../zsh $fpath); autoload -Uz compinit; compinit -u -D`,
      showing,
      `cd ${folder}`,
      `precmd() { print "EN""DED"; }; PS1="REA""DY"`,
    ].join("; ");
    const typed = (line: string) => `$'${line.replace(/[\\']/g, "\\$&")}\\t\\n'`;
    const answer = `zpty -r terminal said '*ENDED*READY' && print -rn -- "$said"`;
    return [
      `: ${script}; zmodload zsh/zpty; zpty terminal zsh -f -i`,
      `zpty -w terminal '${first.replaceAll("'", "'\\''")}'`,
      answer,
      ...lines.map((line) => `zpty -w -n terminal ${typed(line)}; ${answer}`),
      "",
    ].join("\n");
  },
};

/** fish tells without a terminal what it offers: where that is one word, it is what the Tab key inserts. */
const fish: Shell = {
  name: "fish",
  command: () => ["fish", "--no-config"],
  input: (lines, script, folder) =>
    [
      `cd ${folder}; source ${script}`,
      "function show; echo (count $argv); for offer in $argv; echo $offer; end; end",
      ...lines.map((line) => `show (complete -C '${line.replace(/[\\']/g, "\\$&")}')`),
      "",
    ].join("\n"),
};

/** All shells and how each is asked, by a name for a test. */
export const shells: Readonly<Record<string, Shell>> = {
  bash,
  "bash with bash-completion": withHelpers,
  zsh,
  fish,
};

/** Where a script is, below a folder, so that its shell finds it. */
const places = { bash: "data/bash-completion/completions/tandem", zsh: "zsh/_tandem", fish: "tandem.fish" } as const;

/** Makes a folder with files that can be completed, and the scripts of all shells beside it. */
export async function makeScene(
  scriptOf = async (shell: Shell["name"]) => (await call(["completions", shell])).stdout,
): Promise<{ readonly root: string; readonly folder: string }> {
  const root = await Deno.makeTempDir();
  const folder = `${root}/work`;
  for (const shell of ["bash", "zsh", "fish"] as const) {
    const path = `${root}/${places[shell]}`;
    await Deno.mkdir(path.replace(/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(path, await scriptOf(shell));
  }
  await Deno.mkdir(`${folder}/data`, { recursive: true });
  for (const name of ["items.ndjson", "job.js", "my file.txt"]) await Deno.writeTextFile(`${folder}/${name}`, "");
  return { root, folder };
}

/** All that a shell says where these lines are typed, each with the Tab key at its end. */
export async function typed(shell: Shell, lines: readonly string[], root: string): Promise<string> {
  const [script, folder] = [`${root}/${places[shell.name]}`, `${root}/work`];
  const [file, ...args] = shell.command(script, folder);
  const env = { HOME: root, TERM: "xterm", LC_ALL: "C.UTF-8", COLUMNS: "120", INPUTRC: "/dev/null", HISTFILE: "" };
  const child = new Deno.Command(file, { args, env, stdin: "piped", stdout: "piped", stderr: "piped" }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(shell.input(lines, script, folder)));
  await writer.close();
  const { stdout, stderr } = await child.output();
  // bash echoes what is typed to stderr, where it also shows what it offers
  return [stdout, ...shell.name === "bash" ? [stderr] : []].map((bytes) => new TextDecoder().decode(bytes)).join("");
}

/** The arguments of each line when its end is completed, as `<run><--mode>`. */
export async function completed(shell: Shell, lines: readonly string[], root: string): Promise<string[]> {
  const said = await typed(shell, lines, root);
  if (shell.name !== "fish") return said.split(/\r*\n/).filter((line) => line.startsWith("<"));
  const answers = said.split("\n");
  return lines.map((line) => {
    const offers = answers.splice(0, 1 + Number(answers[0])).slice(1).map((offer) => offer.split("\t")[0]);
    const words = line.split(" ").slice(1);
    const last = offers.length === 1 ? offers[0] : words.at(-1);
    return [...words.slice(0, -1), last].map((word) => `<${word}>`).join("");
  });
}
