import type { Results } from "../../model/document.ts";
import type { Format } from "../../report/renderings.ts";
import type { PermissionKind } from "./command.ts";
import { choice, flagName, group, type Option, type Options, repeated, text, toggle } from "./option.ts";
import { parsePercent, percentText } from "./units.ts";

/** Commands that name the files of all shards take at most this many. */
export const maxShards = 100_000;

/** Flags that every command has. */
export const common = group(
  "General",
  {
    color: {
      ...choice(["auto", "always", "never"], "auto", "colour the output"),
      more: "With auto, only a terminal gets colours; NO_COLOR and FORCE_COLOR override that.",
    },
    help: {
      ...toggle("show this help", "h"),
      more: "-h shows the most used flags, --help all of them.",
      flagOnly: "action",
    },
    version: { ...toggle("show the version", "V"), flagOnly: "action" },
    showConfig: {
      ...toggle("show each flag's value and its source"),
      more: "Nothing is run. See: tandem help config.",
      flagOnly: "action",
    },
  } satisfies Options,
  { shownOnly: true },
);

/** For commands that can print a document. */
export const { json } = group("General", {
  json: { ...toggle("print one JSON document instead of text"), more: "See: tandem help json." },
}, { shownOnly: true });

/** For the two programs of the book. */
export const plain = {
  ...toggle("print the book's lines only"),
  shownOnly: true,
  more: "Otherwise a terminal shows the time of each line, too.",
};

/** The smallest difference worth reporting, as a share. */
export const margin: Option<number> = {
  kind: "value",
  fallback: 0.02,
  help: "the smallest change worth reporting",
  placeholder: "PERCENT",
  shown: "2%",
  shape: { type: "number", min: 0.001, max: 1 },
  read(texts) {
    const share = parsePercent(texts.at(-1) ?? "") ?? NaN;
    return share >= 0.001 && share <= 1 ? share : { refused: "expected a percentage from 0.1% to 100%, like 5%" };
  },
  write: (share) => [percentText(share)],
};

/** The verdicts that make the exit code 1, or 4 for "unclear". */
export function failOn<const W extends string>(words: readonly W[]): Option<readonly (W | "unclear")[]> {
  const all = [...words, "unclear"] as const;
  return {
    ...repeated(choice<W | "unclear">(all, "unclear", `exit 1 if one is ${words.join(" or ")}, 4 if one is unclear`)),
    more: `For a gate in CI: --fail-on ${all.join(",")}. Without it the exit code is 0 whatever the verdicts.`,
  };
}

const measured = ["claims", "compare", "scale", "streams", "run", "diff"] as const;

/** What documents can be exported as, and the commands for whose documents that makes sense. */
const exportFormats = {
  json: { writes: "the JSON document", of: measured },
  ndjson: { writes: "its rows, a line of JSON each", of: ["claims", "compare", "scale", "streams"] },
  csv: { writes: "its rows as CSV", of: measured },
  markdown: { writes: "tables in Markdown, as GitHub shows them", of: measured },
  html: { writes: "a page with charts, which needs no network", of: measured },
  hyperfine: { writes: "the times of all runs, as hyperfine exports them", of: ["claims", "compare"] },
  benchmark: {
    writes: "what github-action-benchmark reads as customSmallerIsBetter",
    of: ["claims", "compare", "scale"],
  },
  benchmarkBigger: {
    writes: "what github-action-benchmark reads as customBiggerIsBetter",
    of: ["claims", "compare", "scale"],
  },
  bencher: { writes: "Bencher Metric Format JSON", of: ["claims", "compare", "scale"] },
} as const satisfies Readonly<
  Record<Exclude<Format, "text">, { readonly writes: string; readonly of: readonly (keyof Results)[] }>
>;

type ExportFormat = keyof typeof exportFormats;

/** The formats of a command's documents. */
type FormatOf<C> = { [F in ExportFormat]: C extends (typeof exportFormats)[F]["of"][number] ? F : never }[ExportFormat];

/** The flags that export a command's document. */
export type ExportOptions<C> = {
  readonly [F in FormatOf<C> as `export${Capitalize<F>}`]: Option<readonly string[]>;
};

/** The formats that the document of a command can have besides text. */
export function formatsOf(command: keyof Results): readonly Exclude<Format, "text">[] {
  const known: readonly (keyof Results)[] = measured;
  if (!known.includes(command)) return ["json"];
  return (Object.keys(exportFormats) as ExportFormat[]).filter((format) => {
    const of: readonly (keyof Results)[] = exportFormats[format].of;
    return of.includes(command);
  });
}

/** All formats, and text: as flags name them. */
export const formatWords: readonly string[] = ["text", ...Object.keys(exportFormats).map(flagName)];

/** The format that a word of `formatWords` names. */
export function formatNamed(word: string): Format {
  return (Object.keys(exportFormats) as ExportFormat[]).find((format) => flagName(format) === word) ?? "text";
}

/** The commands that have the export flag of that name; undefined if it is not an export flag. */
export function exporting(flag: string): readonly (keyof Results)[] | undefined {
  return Object.entries(exportFormats).find(([format]) => flagName(exportKey(format)) === flag)?.[1].of;
}

/** The flags that export the documents of a command, or of several. Of these, some may not have a format: its help says which do. */
export function exportOptions<C extends keyof Results>(...commands: readonly C[]): ExportOptions<C> {
  const rows = Object.entries(exportFormats).flatMap(([format, { writes, of }]) => {
    const having = commands.filter((command) => (of as readonly (keyof Results)[]).includes(command));
    if (having.length === 0) return [];
    const ofWhich = having.length === commands.length ? "" : ` (${having.join(", ")})`;
    return [[exportKey(format), files(`write ${writes}${ofWhich}`)]];
  });
  const options: Options = Object.fromEntries(rows);
  return group("Exports", options, { flagOnly: "file", writes: true, shownOnly: true }) as ExportOptions<C>;
}

function files(help: string): Option<readonly string[]> {
  return { ...repeated(text(help, "FILE", "expected the path of a file")), more: "- is stdout." };
}

function exportKey(format: string): string {
  return `export${format[0].toUpperCase()}${format.slice(1)}`;
}

/** A place that a document goes to. */
export interface Exported {
  readonly format: Exclude<Format, "text">;
  /** As it was named. */
  readonly path: string;
  /** The flag and the path, for messages. */
  readonly name: string;
}

/** The places that flags name. */
export function exportsIn(values: Readonly<Record<string, unknown>>): readonly Exported[] {
  return (Object.keys(exportFormats) as ExportFormat[]).flatMap((format) => {
    const key = exportKey(format);
    const paths = (values[key] ?? []) as readonly string[];
    return paths.map((path) => ({ format, path, name: `--${flagName(key)} ${path}` }));
  });
}

/** What exporting needs of the program. */
export function exportKinds(values: Readonly<Record<string, unknown>>): readonly PermissionKind[] {
  return exportsIn(values).length === 0 ? [] : ["read", "write", "sys"];
}
