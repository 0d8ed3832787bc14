/** One change to a file. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The bytes that are replaced, from `start` to `end`. */
  readonly start: number;
  readonly end: number;
  readonly original: string;
  readonly replacement: string;
}

/** What `deno lint --json` says of one place. */
interface Diagnostic {
  readonly filename: string;
  readonly range: { readonly start: Position; readonly end: Position };
  readonly message: string;
  readonly hint: string;
}

interface Position {
  readonly line: number;
  readonly col: number;
  readonly bytePos: number;
}

/** The mutants of files and folders. Deno's parser finds them: `mutants.ts` is a plugin of its linter. */
export async function mutantsOf(paths: readonly string[]): Promise<Mutant[]> {
  const config = await Deno.makeTempFile({ suffix: ".json" });
  const plugin = import.meta.resolve("./mutants.ts");
  await Deno.writeTextFile(config, JSON.stringify({ lint: { plugins: [plugin], rules: { tags: [] } } }));
  const args = ["lint", "--json", `--config=${config}`, ...paths];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args, stderr: "inherit" }).output();
  await Deno.remove(config);
  const { diagnostics } = JSON.parse(new TextDecoder().decode(stdout)) as { diagnostics: readonly Diagnostic[] };
  const root = new URL("../../", import.meta.url).href;
  return diagnostics.map(({ filename, range: { start, end }, message, hint }) => ({
    file: filename.replace(root, ""),
    line: start.line,
    column: start.col + 1,
    start: start.bytePos,
    end: end.bytePos,
    original: message,
    replacement: hint,
  }));
}

/** The file with the mutant in it. */
export function mutated(original: Uint8Array, { start, end, replacement }: Mutant): Uint8Array {
  return Uint8Array.from([
    ...original.subarray(0, start),
    ...new TextEncoder().encode(replacement),
    ...original.subarray(end),
  ]);
}
