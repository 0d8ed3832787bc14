import { assertEquals } from "@std/assert";
import { quoted, shellLine } from "../../../lib/cli/terminal/command_line.ts";

Deno.test("shellLine: words are quoted, redirections are not", () => {
  assertEquals(
    shellLine(["tandem", "run", "my job.ts"], "< the same input"),
    "tandem run 'my job.ts' < the same input",
  );
  assertEquals(shellLine(["tandem", "--resume=it's"]), "tandem '--resume=it'\\''s'");
});

Deno.test("quoted: words that a shell would take apart", () => {
  for (const word of ["run.journal", "a/b-c_d", "--x=1,2", "@a:b%+"]) assertEquals(quoted(word), word);
  for (const word of ["", "a b", "$x", "a;b", "*", "~", "a\nb", "ü", "(", "a&b"]) {
    assertEquals(quoted(word), `'${word}'`);
  }
});
