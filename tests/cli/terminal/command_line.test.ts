import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { findJob } from "../../../lib/cli/job/job_file.ts";
import { messageWithRemedy } from "../../../lib/cli/job/remedies.ts";
import { JobError, JournalError } from "../../../lib/errors.ts";
import { flagWords, quoted, shellLine } from "../../../lib/cli/terminal/command_line.ts";

Deno.test("shellLine: words are quoted, redirections are not", () => {
  assertEquals(
    shellLine(["tandem", "run", "my job.ts"], "< the same input"),
    "tandem run 'my job.ts' < the same input",
  );
  assertEquals(shellLine(["tandem", "--resume=it's"]), "tandem '--resume=it'\\''s'");
  assertEquals(shellLine(["tandem"], ""), "tandem");
});

Deno.test("quoted: words that a shell would take apart", () => {
  for (const word of ["run.journal", "a/b-c_d", "--x=1,2", "@a:b%+"]) assertEquals(quoted(word), word);
  for (const word of ["", "a b", "$x", "a;b", "*", "~", "ü", "(", "a&b"]) {
    assertEquals(quoted(word), `'${word}'`);
  }
});

Deno.test("quoted: a shell reads back every word, with any number of quotes", async () => {
  const words = ["it's", "'", "''", "'a' and 'b'", "a''b'", "it's\nJohn's\n", "\\'\\'", '"\'"'];
  const script = `printf '%s\\0' ${shellLine(words)}`;
  const { stdout } = await new Deno.Command("bash", { args: ["-c", script] }).output();
  assertEquals(new TextDecoder().decode(stdout).split("\0").slice(0, -1), words);
});

Deno.test("quoted: what moves a terminal or ends the line is written as octal bytes, which a shell reads back", async () => {
  assertEquals(quoted("a\nb"), "$'a\\012b'");
  for (const word of ["a\nb", "\x1b[31m'\\1", "\u202ex", "7\r7", "$x\t"]) {
    const args = ["-c", `printf %s ${quoted(word)}`];
    const { stdout } = await new Deno.Command("bash", { args }).output();
    assertEquals(new TextDecoder().decode(stdout), word);
  }
});

Deno.test("flagWords: a flag with its value, one word if the value looks like a flag", () => {
  assertEquals(flagWords("--resume", "run.journal"), "--resume run.journal");
  assertEquals(flagWords("--resume", "my journal"), "--resume 'my journal'");
  assertEquals(flagWords("--resume", "-j"), "--resume=-j");
  assertEquals(flagWords("--resume", "-my j"), "'--resume=-my j'");
});

Deno.test("messages that end in a command line can be pasted, also where a name begins with a dash", async () => {
  assertStringIncludes(
    await messageWithRemedy(new JournalError("-j", "full", "journal-not-written")),
    "resume: --resume=-j",
  );
  const old = { runtime: { standalone: true, deno: "2.6.10" } };
  const folder = Deno.makeTempDirSync();
  try {
    Deno.writeTextFileSync(`${folder}/a job.ts`, "");
    const error = await assertRejects(() => findJob(`${folder}/a job.ts`, old), JobError);
    assertStringIncludes(error.message, `tandem run --deno '${folder}/a job.ts'`);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
