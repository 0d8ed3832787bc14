/**
 * Draws the README's picture, .github/compare.svg: runs `compare` over the README's own job, with colours, and puts what it
 * prints on stdout into an SVG. A run without advice is not drawn: run it again when the machine is quiet.
 */
import { readmeFile } from "./documents.ts";
import { terminalSvg } from "./terminal_svg.ts";

const columns = 90;
const root = new URL("../../", import.meta.url);
const place = new URL(".github/compare.svg", root);

const folder = await Deno.makeTempDir();
try {
  await Deno.writeTextFile(`${folder}/orders.js`, readmeFile("orders.js"));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--config", new URL("deno.json", root).pathname, "--frozen", "--cached-only", "--no-prompt"]
      .concat("--v8-flags=--max-semi-space-size=8", "--allow-all", new URL("main.ts", root).pathname)
      .concat("compare", "orders.js", ...Deno.args),
    cwd: folder,
    env: { FORCE_COLOR: "1", COLUMNS: String(columns), LANG: "C.UTF-8" },
  }).output();
  const printed = new TextDecoder().decode(stdout);
  if (code !== 0 || !printed.includes("→ Use ")) {
    console.error(`${printed}${new TextDecoder().decode(stderr)}\nno advice (exit ${code}): nothing was drawn`);
    Deno.exit(1);
  }
  const command = ["tandem", "compare", "orders.js", ...Deno.args].join(" ");
  const svg = terminalSvg(`\x1b[2m$\x1b[22m \x1b[1m${command}\x1b[22m\n${printed}`, {
    title: `${command}: both is fastest, and the advice names it`,
    columns,
  });
  await Deno.writeTextFile(place, svg);
  console.log(printed);
} finally {
  await Deno.remove(folder, { recursive: true });
}
