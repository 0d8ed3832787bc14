import { assertEquals } from "@std/assert";
import { jobsText } from "../../lib/report/jobs_text.ts";

const style = { terminal: false, color: false, width: 80, unicode: true };
const jobs = [
  { name: "primes", about: "computes: counts primes", expects: "threads", needs: {} },
  { name: "read-sync", about: "reads a file", expects: "both", needs: {} },
] as const;

Deno.test("jobsText: a row each, by the name that run takes", () => {
  assertEquals(
    jobsText({ result: { jobs } }, style),
    `NAME        WHAT AN ITEM DOES        THEORY SAYS
@primes     computes: counts primes  threads
@read-sync  reads a file             both

Next: tandem run @primes --limit 3
`,
  );
});

Deno.test("jobsText: a narrow terminal, two lines each; colours are those of the modes", () => {
  const [first, second] = jobsText({ result: { jobs } }, { ...style, width: 60 }).split("\n");
  assertEquals([first, second], ["@primes  computes: counts primes", "    theory says threads"]);
  assertEquals(jobsText({ result: { jobs } }, { ...style, color: true }).includes("\x1b[33mthreads"), true);
});
