import { assert, assertEquals, assertMatch } from "@std/assert";
import { claims } from "../../lib/claims/mod.ts";

Deno.test("claims: ids and sentences are short and told apart", () => {
  assertEquals(new Set(claims.map(({ id }) => id)).size, claims.length);
  for (const { id, sentence } of claims) {
    assertMatch(id, /^[a-z]+(-[a-z]+)*$/);
    assert(sentence.length <= 27, `${id}: ${sentence.length} characters`);
  }
});

Deno.test("claims: each is explained, and what others report has its source", () => {
  for (const { id, explained } of claims) {
    for (const text of [explained.stands, explained.measured, explained.reading]) assertMatch(text, /\w.*[.]$/s, id);
    for (const { source } of explained.elsewhere) assertMatch(source, /https:\/\/\S+$/, id);
  }
});

const folder = await Deno.makeTempDir({ prefix: "tandem_" });
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

for (const { id, explained: { byHand } } of claims) {
  Deno.test(`claims: ${id} can be repeated by hand, in some ten lines`, async () => {
    const lines = byHand.split("\n");
    assert(lines.length <= 14 && lines.every((line) => line.length <= 118), `${lines.length} lines`);
    await Deno.writeTextFile(`${folder}/${id}.ts`, byHand);
    const command = new Deno.Command(Deno.execPath(), {
      args: ["run", "--check", "--no-config", "--no-prompt", "--allow-all", `${id}.ts`],
      cwd: folder,
      env: { NO_COLOR: "1" },
    });
    const { code, stdout, stderr } = await command.output();
    assertEquals([code, new TextDecoder().decode(stderr).replaceAll(/^(Check|Listening).*\n/gm, "")], [0, ""]);
    assert(stdout.length > 0);
  });
}
