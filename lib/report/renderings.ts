import type { AnyDocument, Document, Results } from "../model/document.ts";
import type { Style } from "./style.ts";

/** What makes a document into text. It takes the document and the look of its reader's terminal, and nothing else. */
export type Renderer<C extends keyof Results> = (document: Document<C>, style: Style) => string;

/** What makes documents into one text: most renderings can put several together. */
export type Rendering = (documents: readonly AnyDocument[], style: Style) => string;

/** The texts for people, by command. */
const texts: { readonly [C in keyof Results]: () => Promise<Renderer<C>> } = {
  claims: async () => (await import("./claims_text.ts")).claimsText,
  compare: async () => (await import("./compare_text.ts")).compareText,
  run: async () => (await import("./run_text.ts")).runText,
  jobs: async () => (await import("./jobs_text.ts")).jobsText,
  streams: async () => (await import("./streams_text.ts")).streamsText,
  scale: async () => (await import("./scale_text.ts")).scaleText,
  diff: async () => (await import("./diff_text.ts")).diffText,
  channel: async () => (await import("./streams_text.ts")).channelText,
};

/** Loads a rendering of the documents of some commands. */
type Load = (commands: readonly (keyof Results)[]) => Promise<Rendering>;

/** All renderings: text for people, the rest for programs and pages. A new one is its line here, and its file. */
const renderings = {
  text: loadTexts,
  json: () => Promise.resolve(each((document) => `${JSON.stringify(document, undefined, 2)}\n`)),
  ndjson: async () => (await import("./exports/ndjson.ts")).ndjson,
  html: async () => (await import("./html/page.ts")).htmlPage,
  csv: async () => (await import("./exports/csv.ts")).csv,
  markdown: async () => each((await import("./exports/markdown.ts")).markdown, "\n"),
  hyperfine: async () => (await import("./exports/hyperfine.ts")).hyperfine,
  benchmark: async () => (await import("./exports/benchmark.ts")).smallerIsBetter,
  benchmarkBigger: async () => (await import("./exports/benchmark.ts")).biggerIsBetter,
  bencher: async () => (await import("./exports/bencher.ts")).bencher,
} satisfies Readonly<Record<string, Load>>;

/** The name of a rendering. */
export type Format = keyof typeof renderings;

/** A rendering that is loaded: at the end of a long command our files may be those of another version, or gone. */
export async function renderingOf<C extends keyof Results>(command: C, format: Format): Promise<Renderer<C>> {
  const render = await loadRendering([command], format);
  return (document, style) => render([document as AnyDocument], style);
}

/** The same for several documents at once, of these commands. */
export async function loadRendering(commands: readonly (keyof Results)[], format: Format): Promise<Rendering> {
  const load: Load = renderings[format];
  return await load(commands);
}

/** Documents one after another, with `between` them. */
function each(render: (document: AnyDocument, style: Style) => string, between = ""): Rendering {
  return (documents, style) => documents.map((document) => render(document, style)).join(between);
}

async function loadTexts(commands: readonly (keyof Results)[]): Promise<Rendering> {
  const loaded = new Map<string, (document: never, style: Style) => string>();
  for (const command of new Set(commands)) loaded.set(command, await texts[command]());
  return each((document, style) => loaded.get(document.command)?.(document as never, style) ?? "", "\n");
}
