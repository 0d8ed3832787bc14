import { type ReleaseServer, serve } from "./release_server.ts";

const root = `${import.meta.dirname}/../..`;

/** The install script's text. */
export const script = Deno.readTextFileSync(`${root}/.github/install.sh`);

/** What the script needs of a system, beside what downloads. */
const needed = "uname getconf ldd mktemp rm rmdir mkdir cp mv chmod tar gzip sha256sum".split(" ");

/** A machine of its own: a home folder, and a PATH with nothing but chosen programs. */
export interface Machine extends Disposable {
  readonly folder: string;
  readonly home: string;
  /** Gives it a program of this system under its own name, or another one. */
  has(program: string, as?: string): void;
  /** Gives it a program made of a shell's lines. */
  hasScript(name: string, lines: string): void;
  lacks(program: string): void;
  install(how?: Installing): Promise<Installed>;
  /** Its files, by path in the home folder, with their texts; a folder with nothing in it has no text. */
  files(): Record<string, string>;
}

/** How the script is run. */
export interface Installing {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly shell?: readonly string[];
  /** Its text, which the shell reads from stdin as from `curl ... | sh`. */
  readonly text?: string;
}

/** What became of it. */
export interface Installed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Linux on x86_64 with curl, unless it is given other programs. */
export function makeMachine(releases: string): Machine {
  const folder = Deno.makeTempDirSync({ prefix: "tandem a 'machine' " }); // its paths have blanks and quotes
  const [home, bin, temporary] = ["home", "bin", "tmp"].map((name) => `${folder}/${name}`);
  for (const path of [home, bin, temporary]) Deno.mkdirSync(path);
  const remove = (program: string) => Deno.removeSync(`${bin}/${program}`);
  const has = (program: string, as = program) => Deno.symlinkSync(pathOf(program)!, `${bin}/${as}`);
  const hasScript = (name: string, lines: string) => {
    if (exists(`${bin}/${name}`)) remove(name);
    Deno.writeTextFileSync(`${bin}/${name}`, `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
  };
  for (const program of [...needed, "curl"].filter((name) => pathOf(name) !== undefined)) has(program);
  if (pathOf("sha256sum") === undefined) has("shasum"); // macOS
  hasScript("uname", systemLines("Linux", "x86_64"));
  hasScript("ldd", "echo 'ldd (GNU libc) 2.36'");
  return {
    folder,
    home,
    has,
    hasScript,
    lacks: remove,
    async install({ args = [], env = {}, shell = ["/bin/sh"], text = script } = {}) {
      const [program, ...words] = shell;
      const child = new Deno.Command(program, {
        args: [...words, "-s", "--", ...args],
        cwd: home,
        clearEnv: true,
        env: { HOME: home, PATH: bin, TMPDIR: temporary, TANDEM_RELEASES: releases, LC_ALL: "C", ...env },
        stdin: "piped",
        stdout: "piped",
        stderr: "piped",
      }).spawn();
      const output = child.output();
      await new Blob([text]).stream().pipeTo(child.stdin).catch(() => {}); // it need not read all
      const { code, stdout, stderr } = await output;
      return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
    },
    files: () => Object.fromEntries([...filesIn(home, ""), ...filesIn(temporary, "in the temporary folder: ")]),
    [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }),
  };
}

/** The lines of a `uname` that says so. */
export function systemLines(system: string, machine: string): string {
  return `case $1 in -s) echo ${system} ;; -m) echo ${machine} ;; *) exit 9 ;; esac`;
}

/** Gives a test a server of releases and a machine that knows it. */
export async function withMachine(
  files: ReadonlyMap<string, Uint8Array>,
  test: (machine: Machine, server: ReleaseServer) => Promise<void>,
  cut: ReadonlySet<string> = new Set(),
): Promise<void> {
  const server = serve(files, cut);
  try {
    using machine = makeMachine(server.url);
    await test(machine, server);
  } finally {
    await server.stop();
  }
}

/** Whether tests must do without a program. Throws instead with TANDEM_SHELLS=required, as in .ci/run on Linux. */
export function lacks(program: string): boolean {
  const found = pathOf(program) !== undefined;
  if (!found && Deno.env.get("TANDEM_SHELLS") === "required") {
    throw new Error(`no ${program} here; Debian: apt-get install ${program}`);
  }
  return !found;
}

/** Where a program of this system is. */
export function pathOf(program: string): string | undefined {
  return (Deno.env.get("PATH") ?? "").split(":").map((folder) => `${folder}/${program}`).find(exists);
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

function filesIn(folder: string, as: string): [string, string][] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }): [string, string][] => {
    const path = `${folder}/${name}`;
    if (!isDirectory) return [[`${as}${name}`, Deno.readTextFileSync(path)]];
    const inside = filesIn(path, `${as}${name}/`);
    return inside.length === 0 ? [[`${as}${name}/`, ""]] : inside;
  });
}
