import { UsageError } from "../../errors.ts";

/** What tells where programs are. */
export interface Programs {
  /** The folders of PATH. */
  readonly folders: readonly string[];
  /** What a program's name may leave out at its end; "" is among them. */
  readonly endings: readonly string[];
  /** The system's information about a file; undefined if there is none. */
  readonly stat: (path: string) => Pick<Deno.FileInfo, "isFile" | "mode"> | undefined;
}

/** Those of this process. */
export function ownPrograms(): Programs {
  const isWindows = Deno.build.os === "windows";
  return {
    folders: (Deno.env.get("PATH") ?? "").split(isWindows ? ";" : ":"),
    endings: isWindows ? ["", ...(Deno.env.get("PATHEXT") ?? ".COM;.EXE;.BAT;.CMD").split(";")] : [""],
    stat(path) {
      try {
        return Deno.statSync(path);
      } catch {
        return undefined;
      }
    },
  };
}

/**
 * Looks for a program as the system will, before anything runs.
 *
 * @throws {UsageError} there is none, or it must not be run
 */
export function checkProgram(program: string, { folders, endings, stat }: Programs): void {
  const isPath = /[\\/]/.test(program);
  const paths = isPath ? [program] : folders.map((folder) => `${folder || "."}/${program}`);
  const files = paths.flatMap((path) =>
    endings.flatMap((ending) => {
      const info = stat(`${path}${ending}`);
      return info?.isFile ? [info] : [];
    })
  );
  if (files.some(({ mode }) => mode === null || (mode & 0o111) !== 0)) return;
  if (files.length > 0) throw new UsageError(`--exec: ${program} is not executable; make it so: chmod +x ${program}`);
  throw new UsageError(
    isPath
      ? `--exec: no program ${program}; name one, or a command on your PATH`
      : `--exec: no program "${program}" on your PATH; what only a shell knows needs --shell`,
  );
}
