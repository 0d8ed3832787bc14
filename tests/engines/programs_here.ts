/** Whether the programs of an engine are here, and what to do where they are not. */

/** Where daemons are: not on the PATH of all users. */
const folders = [...(Deno.env.get("PATH") ?? "").split(":"), "/usr/sbin", "/sbin"];

/** The path of a program; undefined if it is not here. */
export function programPath(name: string): string | undefined {
  return folders.map((folder) => `${folder}/${name}`).find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}

/**
 * Registers a test that needs programs: `packages` names them for each package of Debian. Without them it is ignored, and its name
 * says how to get them. With TANDEM_ENGINES=required, as `.ci/run` sets it, that is an error.
 *
 * Files of such tests end in `_tests.ts`, so that `deno test tests` leaves them out: beside `--doc`, `--ignore` does not (Deno 2.9.6).
 */
export function testEngine(
  name: string,
  packages: Readonly<Record<string, readonly string[]>>,
  fn: () => Promise<void>,
): void {
  const missing = Object.entries(packages).filter(([, programs]) => !programs.every(programPath)).map(([one]) => one);
  const why = missing.length > 0
    ? `no ${missing.join(", ")} here; Debian: apt-get install ${missing.join(" ")}`
    : Deno.build.os !== "linux"
    ? "Linux only"
    : undefined;
  if (why !== undefined && Deno.env.get("TANDEM_ENGINES") === "required") throw new Error(why);
  Deno.test({ name: why === undefined ? name : `${name} (${why})`, ignore: why !== undefined, fn });
}
