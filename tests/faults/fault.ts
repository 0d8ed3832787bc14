import { type Ended, type Program, programs, run, type Running, spawn, type Start } from "../cli/programs.ts";
import { type Desk, openDesk } from "../exec/host/desk.ts";
import type { Row } from "./rows.ts";

/** What a test of a fault works with: a program, and a folder of its own for jobs and files. */
export interface Scene {
  readonly program: Program;
  /** Ends with no slash; a job in it may read what is in it. */
  readonly folder: string;
  /** Where jobs wait for the test, in whatever process they are. */
  readonly desk: Desk;
  /** Flags that let a job use the desk. */
  readonly grants: readonly string[];
  /** Writes a module and gives its path; without a name it is `job.js`. */
  write(code: string, name?: string): string;
  /** `tandem run` with the job's text: to its end. */
  run(code: string, flags: readonly string[], start?: Start): Promise<Ended>;
  /** `tandem run` with the job's text. */
  spawn(code: string, flags: readonly string[], start?: Start): Running;
}

/** Registers the test of a cell in the fault table, for each program that it is not ignored for. */
export function testFault(
  row: Row,
  cell: string,
  test: (scene: Scene) => Promise<void>,
  ignore: boolean | ((program: Program) => boolean) = false,
): void {
  for (const program of programs) {
    Deno.test({
      name: `fault: ${row}: ${cell} (${program.name})`,
      ignore: typeof ignore === "boolean" ? ignore : ignore(program),
      async fn() {
        await using desk = openDesk();
        const folder = await Deno.makeTempDir({ prefix: "tandem_fault_" });
        try {
          await test(setScene(program, desk, folder));
        } finally {
          await Deno.remove(folder, { recursive: true });
        }
      },
    });
  }
}

/** The same test for slots that are threads and for slots that are processes. */
export function testBothIsolations(
  row: Row,
  cell: string,
  test: (scene: Scene, isolate: string) => Promise<void>,
  ignore = false,
): void {
  for (const isolate of ["worker", "process"]) {
    testFault(row, `${cell}, in a ${isolate}`, (scene) => test(scene, `--isolate=${isolate}`), ignore);
  }
}

function setScene(program: Program, desk: Desk, folder: string): Scene {
  const { net, read, write } = desk.permissions;
  const scene: Scene = {
    program,
    folder,
    desk,
    grants: [`--allow-net=${net}`, `--allow-read=${read}`, `--allow-write=${write}`],
    write(code, name = "job.js") {
      Deno.writeTextFileSync(`${folder}/${name}`, code);
      return `${folder}/${name}`;
    },
    run: (code, flags, start) => run(program, ["run", scene.write(code), ...flags], start),
    spawn: (code, flags, start) => spawn(program, ["run", scene.write(code), ...flags], start),
  };
  return scene;
}

/** An error record. */
export interface ErrorRecord {
  readonly line: number;
  readonly error: { readonly name: string; readonly message: string };
}

/** The error records among the lines of a text, by their lines. */
export function errorRecords(text: string): ErrorRecord[] {
  const records = text.split("\n").filter((line) => line.startsWith('{"line":')).map((line) => JSON.parse(line));
  return records.filter(({ error }) => error !== undefined).toSorted((a, b) => a.line - b.line);
}

/** The lines of a text that are no error records, without the last newline. */
export function otherLines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "" && !line.startsWith('{"line":'));
}

/** `1\n2\n...`, as many lines. */
export function numberLines(count: number): string {
  return Array.from({ length: count }, (_, i) => `${i + 1}\n`).join("");
}

/** An input that goes on as its parts say: texts, and promises that are waited for. */
export async function* handed(...parts: readonly (string | Promise<void>)[]): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (const part of parts) {
    if (typeof part === "string") yield new TextEncoder().encode(part);
    else await part;
  }
}

/** For a job that was given --allow-run: a crash. `Deno.kill` refuses that. */
export const killItsProcess = 'new Deno.Command("kill", { args: ["-9", String(Deno.pid)] }).outputSync();';

/** For a job's code: after `doom.resolve()` its thread dies, of an error that cannot be laid to an item. */
export const doom = `
  const doom = Promise.withResolvers();
  doom.promise.then(() => { throw new Error("broken for good"); });`;

/** Puts a command line into a shell's script, as `"$@"`. */
export function inShell(script: string): NonNullable<Start["wrap"]> {
  return (command) => ["sh", "-c", script, "sh", ...command];
}

/** Puts a command line into a terminal of its own, whose keyboard is our input. `redirect` is for a shell: `> file`. */
export function inTerminal(redirect = ""): NonNullable<Start["wrap"]> {
  const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
  return (command) => ["script", "-qec", `${command.map(quoted).join(" ")} ${redirect}`, "/dev/null"];
}

export const linux = Deno.build.os === "linux";
export const unix = Deno.build.os !== "windows";
