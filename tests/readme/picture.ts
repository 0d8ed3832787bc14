/**
 * Draws the README's picture: runs `tandem compare` over the README's own job, with colours, and puts what it prints on
 * stdout into .github/compare.svg. A run without advice is not drawn: try again when nothing else runs.
 *
 *     deno task picture [FLAGS of compare]
 *
 * The job is written to .cache/, which git ignores.
 */
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import { fileOfReadme } from "./documents.ts";
import { terminalSvg } from "./terminal_svg.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const columns = 120;
const job = "orders.js";

/** The task `start` without the installation before it: what a user of the sources runs. */
const [, ...start] = config.tasks.start.command.split("&& ")[1].split(" ");

const folder = `${root}.cache/picture`;
await Deno.mkdir(folder, { recursive: true });
await Deno.writeTextFile(`${folder}/${job}`, fileOfReadme(job));
const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
  args: [...start.slice(0, -1), "--config", `${root}deno.json`, `${root}main.ts`, "compare", job, ...Deno.args],
  cwd: folder,
  env: { NO_COLOR: "", FORCE_COLOR: "1", COLUMNS: `${columns}`, LC_ALL: "C.UTF-8" },
}).output();
const printed = new TextDecoder().decode(stdout);
console.log(printed);
if (code !== 0 || printed.includes("No advice")) {
  console.error(`${new TextDecoder().decode(stderr)}\nexit ${code}, and no advice: nothing was drawn`);
  Deno.exit(1);
}
const command = ["tandem compare", job, ...Deno.args].join(" ");
const text = `\x1b[2m$\x1b[22m \x1b[1m${command}\x1b[22m\n${printed}`;
await Deno.writeTextFile(`${root}.github/compare.svg`, terminalSvg(text, { title: command, columns }));
