import type { Shape } from "../../model/field.ts";
import type { Command } from "../table/command.ts";
import { flagName, type Option } from "../table/option.ts";

/** A word that a shell offers, and what it says of it. */
export interface Word {
  readonly word: string;
  /** One line; "" if there is nothing to say. */
  readonly about: string;
}

/** What a shell can list itself. Variables are those of the environment. */
export type Kind = "files" | "programs" | "variables";

/** One place of a command line: an operand, or the value of a flag. */
export interface Place {
  /** What the help calls it: `FILE`, `MODE`. */
  readonly name: string;
  readonly words: readonly Word[];
  /** What may stand there besides the words. */
  readonly also?: Kind;
  /** Several words may stand there, with commas between. */
  readonly commas?: boolean;
}

/** A flag as shells complete it. */
export interface CompletedFlag extends Word {
  /** `--max-time`. */
  readonly word: string;
  /** `-j`. */
  readonly short?: string;
  /** Where its value stands: nowhere, in the next word or behind `=`, or behind `=` only, if it is given at all. */
  readonly value: "none" | "next" | "attached";
  readonly place: Place;
  readonly repeated: boolean;
}

/** A command as shells complete it. */
export interface CompletedCommand extends Word {
  readonly flags: readonly CompletedFlag[];
  /** `--no-FLAG` of those that a variable or a file may set. */
  readonly negations: readonly Word[];
  /** Its operands in order. */
  readonly operands: readonly Place[];
  /** What all further operands are. */
  readonly rest?: Place;
}

/** Names that the table of commands does not have. */
export interface Names {
  readonly claims: readonly Word[];
  readonly jobs: readonly Word[];
  readonly topics: readonly Word[];
}

/** The table of commands as what may stand where in a command line. */
export function completedCommands(commands: readonly Command[], names: Names): readonly CompletedCommand[] {
  const summaries = commands.map(({ name, summary }) => ({ word: name, about: summary }));
  const operandWords: Readonly<Record<string, Omit<Place, "name">>> = {
    ...Object.fromEntries(["JOB", "OLD", "NEW"].map((name) => [name, { words: names.jobs, also: "files" as const }])),
    CLAIM: { words: names.claims },
    COMMAND: { words: summaries },
    TOPIC: { words: names.topics },
  };
  return commands.map(({ name, summary, options, operands }) => ({
    word: name,
    about: summary,
    flags: Object.entries<Option<unknown>>(options).map(([key, option]) => completedFlag(key, option)),
    negations: Object.entries<Option<unknown>>(options).filter(([, { flagOnly }]) => flagOnly === undefined)
      .map(([key]) => ({ word: `--no-${flagName(key)}`, about: `as if --${flagName(key)} were not given` })),
    ...operandPlaces(operands?.usage ?? "", operandWords),
  }));
}

/**
 * The operands that a usage like `JOB [FILE...]` names, before those of another command. Small letters are words as they are; an
 * unknown name is a file.
 */
function operandPlaces(
  usage: string,
  known: Readonly<Record<string, Omit<Place, "name">>>,
): Pick<CompletedCommand, "operands" | "rest"> {
  const all = usage.replace(/ \[-- .*/, "").replace(/[[\]]/g, "").split(" ").filter((part) => /\w/.test(part)).map(
    (part) => {
      const name = part.replace(/\.\.\.$/, "");
      const kinds = name.split("|").map((one) =>
        /^[a-z]/.test(one) ? { words: [{ word: one, about: "" }] } : known[one] ?? { words: [], also: "files" as const }
      );
      const words = kinds.flatMap((kind) => kind.words);
      const place: Place = {
        name,
        words: words.filter(({ word }, i) => words.findIndex((other) => other.word === word) === i), // some topics are commands
        also: kinds.find(({ also }) => also)?.also,
      };
      return { place, many: part !== name };
    },
  );
  return {
    operands: all.filter(({ many }) => !many).map(({ place }) => place),
    rest: all.find(({ many }) => many)?.place,
  };
}

/** What the values of flags are, by what the help calls them. */
const valueKinds: Readonly<Record<string, Kind>> = {
  PATH: "files",
  PROGRAM: "programs",
  COMMAND: "programs", // its first word
  VARIABLE: "variables",
};

function completedFlag(key: string, option: Option<unknown>): CompletedFlag {
  const { kind, help, short, placeholder = "", shape, flagOnly, suggested } = option;
  const names = suggested ?? wordsOf(shape);
  const name = wordsOf(shape).length > 0 ? flagName(key).toUpperCase() : placeholder.replace(/,\.\.\.$/, "");
  const also = kind !== "switch" && flagOnly === "file" ? "files" : valueKinds[name];
  const isList = [shape, ...shape.type === "either" ? shape.shapes : []].some(({ type }) => type === "list");
  return {
    word: `--${flagName(key)}`,
    about: help,
    short: short === undefined ? undefined : `-${short}`,
    value: kind === "switch" ? "none" : kind === "attached" ? "attached" : "next",
    place: {
      name,
      words: names.map((word) => ({ word, about: "" })),
      also,
      commas: isList && (names.length > 0 || also === "variables"),
    },
    repeated: isList,
  };
}

function wordsOf(shape: Shape): readonly string[] {
  return shape.type === "choice" ? shape.words : shape.type === "list" ? wordsOf(shape.of) : [];
}
