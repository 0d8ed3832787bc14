import { assertEquals } from "@std/assert";
import { loadCommands } from "../../../lib/cli/commands.ts";
import { type CompletedCommand, completedCommands, type Place } from "../../../lib/cli/completions/places.ts";
import { flagName } from "../../../lib/cli/table/option.ts";

const word = (text: string) => ({ word: text, about: `what ${text} is` });
const names = { claims: [word("a-claim")], jobs: [word("@job")], topics: [word("run"), word("units")] };
const table = await loadCommands();
const commands = completedCommands(table, names);
const named = (name: string) => commands.find((one) => one.word === name)!;
const flag = (command: string, name: string) => named(command).flags.find((one) => one.word === name)!;

/** What may stand in a place, in short. */
const offered = (place: Place | undefined) =>
  place === undefined
    ? undefined
    : [...place.words.map(({ word }) => word), ...place.also === undefined ? [] : [place.also]];

Deno.test("completedCommands: every command and every flag of the table, with what is said of it", () => {
  assertEquals(commands.map(({ word, about }) => [word, about]), table.map(({ name, summary }) => [name, summary]));
  for (const [i, { options }] of table.entries()) {
    assertEquals(
      commands[i].flags.map(({ word, about }) => [word, about]),
      Object.entries(options).map(([key, { help }]) => [`--${flagName(key)}`, help]),
    );
  }
});

Deno.test("completedCommands: a word of a script is one word, and what is said of it is one line", () => {
  const places = commands.flatMap(({ flags, operands, rest }) => [
    ...flags.map(({ place }) => place),
    ...operands,
    ...rest === undefined ? [] : [rest],
  ]);
  const flags = commands.flatMap(({ flags, negations }) => [...flags, ...negations]);
  const words = [...commands, ...flags, ...places.flatMap((place) => place.words)];
  assertEquals(words.filter(({ word, about }) => !/^[\w@-]+$/.test(word) || /[\n\t]/.test(about)), []);
});

Deno.test("completedCommands: operands are what the usage calls them", () => {
  const operandsOf = ({ operands, rest }: CompletedCommand) => [...operands.map(offered), offered(rest)];
  assertEquals(operandsOf(named("run")), [["@job", "files"], ["files"]]);
  assertEquals(operandsOf(named("claims")), [["a-claim"]]);
  assertEquals(operandsOf(named("completions")), [["bash", "zsh", "fish", "powershell"], undefined]);
  assertEquals(operandsOf(named("jobs")), [undefined]);
  assertEquals(operandsOf(named("engine")), [["slurm", "kubernetes", "parallel"], ["@job", "files"], ["files"]]);
  const [help] = named("help").operands;
  assertEquals(offered(help), [...table.map(({ name }) => name), "units"]);
  assertEquals(help.words.find(({ word }) => word === "run")?.about, named("run").about); // a topic of that name goes on with it
});

Deno.test("completedCommands: an operand that nobody knows is a file, several are told from one", () => {
  const of = (usage: string) => {
    const [{ operands, rest }] = completedCommands([{ ...table[0], operands: { usage, min: 0, max: 9 } }], names);
    return [...operands.map(offered), offered(rest)];
  };
  assertEquals(of("A B"), [["files"], ["files"], undefined]);
  assertEquals(of("[OLD] JOB"), [["@job", "files"], ["@job", "files"], undefined]);
  assertEquals(of("[FILE...]"), [["files"]]);
  assertEquals(of("JOB | A B..."), [["@job", "files"], ["files"], ["files"]]);
});

Deno.test("completedCommands: values of flags: words, words with commas, files, programs, or nothing", () => {
  assertEquals(offered(flag("run", "--mode").place), ["auto", "serial", "tasks", "threads", "both"]);
  assertEquals(flag("scale", "--kinds").place.commas, true);
  assertEquals(flag("run", "--mode").place.commas, false);
  for (const name of ["--journal", "--log", "--plan", "--allow-read", "--allow-write", "--deno"]) {
    assertEquals(offered(flag("run", name).place), ["files"], name);
  }
  assertEquals(offered(flag("run", "--allow-run").place), ["programs"]);
  assertEquals(offered(flag("run", "--exec").place), ["programs"]);
  assertEquals(offered(flag("run", "--allow-env").place), ["variables"]);
  assertEquals(flag("run", "--allow-env").place.commas, true);
  for (
    const name of ["--threads", "--timeout", "--key", "--header", "--allow-net", "--allow-all", "--quiet"]
  ) {
    assertEquals(offered(flag("run", name).place), [], name);
  }
});

Deno.test("completedCommands: flags that a variable or a file may set can be taken back", () => {
  for (const [i, { options }] of table.entries()) {
    const able = Object.keys(options).filter((key) => options[key].flagOnly === undefined).map(flagName);
    assertEquals(
      commands[i].negations,
      able.map((name) => ({ word: `--no-${name}`, about: `as if --${name} were not given` })),
    );
  }
  const run = named("run").negations.map(({ word }) => word);
  assertEquals(["--no-quiet", "--no-allow-net", "--no-journal"].map((word) => run.includes(word)), [
    true,
    false,
    false,
  ]);
});

Deno.test("completedCommands: what a job may ask the system for is what Deno knows", () => {
  const { words, commas } = flag("run", "--allow-sys").place;
  assertEquals([commas, words.some(({ word }) => word === "hostname")], [true, true]);
  for (const { word } of words) {
    Deno.permissions.querySync({ name: "sys", kind: word } as Deno.PermissionDescriptor); // throws if it does not
  }
});

Deno.test("completedCommands: where a value stands, short forms, and flags that may be given again", () => {
  assertEquals(
    ["--threads", "--allow-net", "--quiet"].map((name) => flag("run", name).value),
    ["next", "attached", "none"],
  );
  assertEquals([flag("run", "--threads").short, flag("run", "--tasks").short], ["-j", undefined]);
  assertEquals(
    ["--rate", "--allow-net", "--mode"].map((name) => flag("run", name).repeated),
    [true, true, false],
  );
});
