import { systemReason } from "../../errors.ts";
import { warningText } from "../../report/wrap.ts";
import type { Session } from "./session.ts";

/**
 * Appends Markdown to the summary of a step in GitHub Actions: the file that GITHUB_STEP_SUMMARY names (its documentation, "Adding a
 * job summary"). Nothing happens elsewhere. A failure is a warning: the result itself has been shown.
 */
export async function appendStepSummary(
  markdown: () => string,
  { stepSummary, stderr }: Pick<Session, "stepSummary" | "stderr">,
): Promise<void> {
  if (stepSummary === undefined) return;
  try {
    await Deno.writeTextFile(stepSummary, `${markdown()}\n`, { append: true });
  } catch (error) {
    await stderr.write(
      warningText(`the summary was not written to GITHUB_STEP_SUMMARY: ${systemReason(error)}`, stderr.style),
    );
  }
}
