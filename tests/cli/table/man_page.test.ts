import { assert, assertEquals, assertMatch } from "@std/assert";
import { loadCommands } from "../../../lib/cli/commands.ts";
import { manPage } from "../../../lib/cli/table/man_page.ts";
import { flagName } from "../../../lib/cli/table/option.ts";
import { topics } from "../../../lib/cli/table/topics.ts";

const commands = await loadCommands();
const page = await topics.man.load(commands);

Deno.test("man page: every command, flag, topic and exit code is in it", async () => {
  const plain = page.replaceAll("\\-", "-");
  const flags = new Set(commands.flatMap(({ options }) => Object.keys(options)));
  for (const key of flags) assertMatch(plain, new RegExp(`^\\\\fB(-\\w, )?--${flagName(key)}\\b`, "m"), key);
  for (const { name } of commands) assertMatch(plain, new RegExp(`^\\.SS tandem ${name}$`, "m"));
  for (const name of Object.keys(topics)) assertMatch(plain, new RegExp(`^\\.TP\\n\\.B ${name}$`, "m"));
  const codes = [...(await topics["exit-codes"].load(commands)).matchAll(/^ *(\d+) {2,}/gm)].map(([, code]) => code);
  for (const code of codes) assertMatch(plain, new RegExp(`^\\.TP\\n\\.B ${code}$`, "m"));
});

Deno.test("man page: flags of all commands are told once", () => {
  for (const flag of ["help", "version", "color", "show\\-config"]) {
    const told = page.split("\n").filter((line) => line.startsWith("\\fB") && line.includes(`\\-\\-${flag}`));
    assertEquals(told.filter((line) => !line.startsWith("\\fBtandem")).length, 1, flag);
  }
});

Deno.test("man page: ASCII, short lines, and no text that roff would obey", () => {
  const hostile = "a\\fBb\n.so /etc/passwd\n'x `y ~z ^w \"q -n 2×1";
  const [command] = commands;
  const example = { line: `.run ${hostile.replaceAll("\n", " ")}`, what: ".what" };
  const odd = { ...command, summary: hostile.replaceAll("\n", " "), examples: [example] };
  for (const text of [page, manPage([odd], {}, `  0  ${hostile}\n\n.paragraph\n\n  'sample\n`)]) {
    assertEquals([...text].filter((character) => !/[\n\x20-\x7e]/.test(character)), []);
    assertEquals(
      text.split("\n").filter((line) => /^[.'](?!\\"|TH |SH |SS |TP$|PP$|B|I |BR |br$|nf$|fi$|sp$)/.test(line)),
      [],
    );
    assertEquals(text.replace(/\\(?:f[BIR]|e|-|&|\(..|\[u[0-9A-F]{4,}\]|" )/g, "").match(/\\/g), null);
  }
  assertEquals(page.split("\n").filter((line) => line.length > 80 && !line.startsWith("\\fB")), []);
});

const checkers: readonly (readonly [program: string, args: readonly string[]])[] = [
  ["mandoc", ["-Tlint", "-Wall"]],
  ["groff", ["-man", "-ww", "-Tutf8", "-z"]],
];

for (const [program, args] of checkers) {
  const found = (Deno.env.get("PATH") ?? "").split(":").some((folder) => exists(`${folder}/${program}`));
  const why = found ? "" : ` (no ${program} here; Debian: apt-get install ${program})`;
  if (!found && Deno.env.get("TANDEM_SHELLS") === "required") throw new Error(why);
  Deno.test({
    name: `man page: ${program} has nothing to say of it${why}`,
    ignore: !found,
    async fn() {
      const file = await Deno.makeTempFile({ suffix: ".1" });
      try {
        await Deno.writeTextFile(file, page);
        const { code, stdout, stderr } = await new Deno.Command(program, { args: [...args, file] }).output();
        const said = new TextDecoder().decode(new Uint8Array([...stdout, ...stderr]));
        assertEquals([code, said], [0, ""]);
      } finally {
        await Deno.remove(file);
      }
    },
  });
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

Deno.test("man page: a sample of the exit codes keeps its lines, a paragraph is filled", () => {
  const text = manPage([], {}, "  0  Well,\n     it is.\n\nOne\ntwo.\n\n  tandem run\n");
  assert(text.includes(".TP\n.B 0\nWell, it is.\n.PP\nOne two.\n.PP\n.nf\n  tandem run\n.fi\n"), text);
});
