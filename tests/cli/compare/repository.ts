/** A repository of git in a temporary folder, with a job whose speed and permissions a module beside it decides. */
export interface Repository extends Disposable {
  /** With a slash at its end. */
  readonly folder: string;
  /** Runs git there; its stdout. */
  git(...args: readonly string[]): string;
  write(path: string, text: string): void;
}

/** The old version takes a twentieth of the steps of the new one, which is in the folder and in no commit. */
export function openRepository(): Repository {
  const folder = `${Deno.realPathSync(Deno.makeTempDirSync({ prefix: "tandem_repository_" }))}/`;
  const git = (...args: readonly string[]) => {
    const { success, stdout, stderr } = new Deno.Command("git", {
      args: ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main", ...args],
      cwd: folder,
    }).outputSync();
    const [said, failed] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes).trimEnd());
    if (!success) throw new Error(`git ${args.join(" ")}: ${failed}`);
    return said;
  };
  const write = (path: string, text: string) => {
    Deno.mkdirSync(`${folder}${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
    Deno.writeTextFileSync(`${folder}${path}`, text);
  };
  git("init", "--quiet");
  write("lib/steps.js", "export const steps = 100_000;\n");
  write("data/offset.txt", "0");
  write(".gitattributes", "data export-ignore\n"); // what git archive would leave out
  write("my jobs/job.js", job);
  git("add", ".");
  git("commit", "--quiet", "--message=One");
  git("tag", "v1");
  write("lib/steps.js", "export const steps = 2_000_000;\n");
  return { folder, git, write, [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }) };
}

/** It reads a file of its project. If it may run programs, its items and results tell. */
const job = `import { steps } from "../lib/steps.js";
const offset = Number(Deno.readTextFileSync(new URL("../data/offset.txt", import.meta.url)));
const { state } = Deno.permissions.querySync({ name: "run", command: "git" });
export const items = state === "granted" ? ["may run git"] : [0, 1, 2, 3, 4, 5, 6, 7];
export default function (n) {
  let x = n;
  for (let i = 0; i < steps; i++) x = (x * 1103515245 + 12345) & 0x7fffffff;
  return state === "granted" ? "may run git" : x === -1 ? 0 : n + offset;
}
`;
