import { assertEquals } from "@std/assert";
import { nextCommand, quoted } from "../../../lib/cli/terminal/command_line.ts";

Deno.test("nextCommand: the same command line with another flag for its journal", () => {
  const input = "< the same input";
  assertEquals(
    nextCommand(["run", "job.ts", "--journal", "run.journal", "--tag"], "--retry-failed", input),
    "tandem run job.ts --retry-failed run.journal --tag < the same input",
  );
  assertEquals(
    nextCommand(["run", "my job.ts", "--resume=it's", "a.txt", "--allow-net=a.com,b.com"], "--resume", ""),
    "tandem run 'my job.ts' '--resume=it'\\''s' a.txt --allow-net=a.com,b.com",
  );
});

Deno.test("quoted: words that a shell would take apart", () => {
  for (const word of ["run.journal", "a/b-c_d", "--x=1,2", "@a:b%+"]) assertEquals(quoted(word), word);
  for (const word of ["", "a b", "$x", "a;b", "*", "~", "a\nb", "ü", "(", "a&b"]) {
    assertEquals(quoted(word), `'${word}'`);
  }
});
