import { call } from "../in_process.ts";
import { inFolder } from "../in_folder.ts";
import { type Ended, type Program, type Running, spawn } from "../programs.ts";

/** Names that a shell, GNU parallel, YAML or Kubernetes could take for something else. */
export const job = `it's "a" $(touch pwned) job.js`;
export const input = "in {} {.} {#} {= $_ =}\n- b: `touch pwned` $$(HOME) \\ #é😀\t*.nd";

/** A job that fails for 3. */
export const jobText = "export default (x) => { if (x === 3) throw new Error('three'); return { square: x * x }; };\n";
export const inputText = `${Array.from({ length: 11 }, (_, i) => i).join("\n")}\n\n12\n`;

/** A folder that all machines see, on a machine that has tandem and these other programs in its PATH. */
export interface Disk {
  readonly folder: string;
  /** Starts a command there. */
  start(command: readonly string[], env?: Readonly<Record<string, string>>): Running;
  /** Runs a script there. */
  bash(script: string, env?: Readonly<Record<string, string>>): Promise<Ended>;
  read(name: string): string;
}

/** Calls `use` with a disk that has a job, an input, and these files; programs are shell scripts. */
export async function onDisk(
  program: Program,
  { files = { [job]: jobText, [input]: inputText }, programs = {} }: {
    readonly files?: Readonly<Record<string, string>>;
    readonly programs?: Readonly<Record<string, string>>;
  },
  use: (disk: Disk) => Promise<void>,
): Promise<void> {
  const tandem = `exec ${program.command.map((word) => `'${word}'`).join(" ")} "$@"`;
  const commands = Object.entries({ ...programs, tandem }).map((
    [name, text],
  ) => [`bin/${name}`, `#!/bin/bash\n${text}\n`]);
  await inFolder(Object.fromEntries(commands), async (bin) => {
    for (const [path] of commands) Deno.chmodSync(`${bin}/${path}`, 0o755);
    await inFolder(files, async (folder) => {
      const PATH = `${bin}/bin:${Deno.env.get("PATH")}`;
      const start: Disk["start"] = (command, env = {}) =>
        spawn(program, [], {
          wrap: () => ["env", "--chdir", folder, ...command],
          env: { PATH, ...env },
        });
      await use({
        folder,
        start,
        bash: async (script, env) => await start(["bash", "-c", script], env).ended(),
        read: (name) => Deno.readTextFileSync(`${folder}/${name}`),
      });
    });
  });
}

/** What `tandem engine` prints. */
export async function printed(...args: readonly string[]): Promise<string> {
  return (await call(["engine", ...args])).stdout;
}

/** What one machine writes: records of errors in their places. */
export async function oneMachine(folder: string, flags: readonly string[] = [], names = [job, input]): Promise<string> {
  const [file, ...inputs] = names.map((name) => `${folder}/${name}`);
  return (await call(["run", file, "-q", "--errors=inline", ...flags, ...inputs])).stdout;
}
