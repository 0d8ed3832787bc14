import { assertEquals, assertStringIncludes } from "@std/assert";
import { appendStepSummary } from "../../../lib/cli/terminal/step_summary.ts";
import { inFolder } from "../in_folder.ts";
import { testSession } from "../test_session.ts";

Deno.test("appendStepSummary: behind what other steps wrote; nothing outside of GitHub Actions", async () => {
  await inFolder({ summary: "before\n" }, async (folder) => {
    const stepSummary = `${folder}/summary`;
    for (const text of ["# one\n", "# two\n"]) {
      await appendStepSummary(() => text, testSession({ stepSummary }).session);
    }
    assertEquals(Deno.readTextFileSync(stepSummary), "before\n# one\n\n# two\n\n");
  });
  await appendStepSummary(() => {
    throw new Error("made for nobody");
  }, testSession().session);
});

Deno.test("appendStepSummary: where it cannot be written, a warning", async () => {
  await inFolder({}, async (folder) => {
    const { session, stderr } = testSession({ stepSummary: `${folder}/none/summary` });
    await appendStepSummary(() => "text", session);
    assertStringIncludes(stderr.written, "! the summary was not written to GITHUB_STEP_SUMMARY: No such file");
  });
});
