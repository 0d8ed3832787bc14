import type { Document, Results } from "../model/document.ts";
import { printableJson } from "./printable.ts";
import type { Style } from "./style.ts";

/** What makes a document into text. It takes the document and the look of its reader's terminal, and nothing else. */
export type Renderer<C extends keyof Results> = (document: Document<C>, style: Style) => string;

/** The texts for people, by command. */
const texts: { readonly [C in keyof Results]: () => Promise<Renderer<C>> } = {
  claims: async () => (await import("./claims_text.ts")).claimsText,
  compare: async () => (await import("./compare_text.ts")).compareText,
  run: async () => (await import("./run_text.ts")).runText,
  jobs: async () => (await import("./jobs_text.ts")).jobsText,
  streams: async () => (await import("./streams_text.ts")).streamsText,
  scale: async () => (await import("./scale_text.ts")).scaleText,
  channel: async () => (await import("./streams_text.ts")).channelText,
};

/** Loads a rendering of a command's documents. */
type Load = <C extends keyof Results>(command: C) => Promise<Renderer<C>>;

/** All renderings: text for people, JSON for programs. A new one is its line here, and its file. */
const renderings = {
  text: (command) => texts[command](),
  json: () => Promise.resolve((document) => `${printableJson(JSON.stringify(document, undefined, 2))}\n`),
} satisfies Readonly<Record<string, Load>>;

/** The name of a rendering. */
export type Format = keyof typeof renderings;

/** A rendering that is loaded: at the end of a long command our files may be those of another version, or gone. */
export async function renderingOf<C extends keyof Results>(command: C, format: Format): Promise<Renderer<C>> {
  const load: Load = renderings[format];
  return await load(command);
}
