import { assert, assertEquals } from "@std/assert";
import { claimList, type ExplainedClaim, explainText } from "../../lib/report/explain_text.ts";

const claim: ExplainedClaim = {
  id: "threads-parallel",
  sentence: "threads run in parallel",
  source: "book",
  explained: {
    stands: "In the chapter\n    about threads.",
    measured: "How long the same work takes in one thread and in two, on a machine that has two cores for it.",
    reading: "A ratio above 1.",
    elsewhere: [
      { says: "Others saw it\n    too.", source: "https://example.org/a-long-address/that-must-not-be-broken" },
      { says: "And others.", source: "A talk, 2020" },
    ],
    byHand: "const a = 1;\n  if (a) b();   // as it is, however long a line of it may be, so that it can be copied",
  },
};

Deno.test("explainText: all that there is to say of a claim, in sections; prose is wrapped, code and addresses are not", () => {
  assertEquals(
    explainText(claim, 40),
    `threads-parallel: "threads run in
  parallel" (book)

Where it stands
  In the chapter about threads.

What is measured
  How long the same work takes in one
    thread and in two, on a machine that
    has two cores for it.

How to read the result
  A ratio above 1.

What others report
  Others saw it too.
    https://example.org/a-long-address/that-must-not-be-broken
  And others.
    A talk, 2020

By hand: save it as try.ts, and deno run -A try.ts
  const a = 1;
    if (a) b();   // as it is, however long a line of it may be, so that it can be copied

Test it: tandem claims threads-parallel

`,
  );
});

Deno.test("explainText: without others who report it, their section is not there", () => {
  const alone = explainText({ ...claim, explained: { ...claim.explained, elsewhere: [] } }, 80);
  assert(!alone.includes("What others report"));
  assert(alone.includes("  A ratio above 1.\n\nBy hand:"), alone);
});

const claims = [
  { id: "a", sentence: "tasks are light", source: "article and book" },
  { id: "threads-parallel", sentence: "threads run in parallel", source: "book" },
];

Deno.test("claimList: a table where each row fits", () => {
  const table = `CLAIM             SAYS                     SOURCE
a                 tasks are light          article and book
threads-parallel  threads run in parallel  book
`;
  assertEquals([claimList(claims, { width: 80 }), claimList(claims, { width: 59 })], [table, table]);
});

Deno.test("claimList: on a narrower terminal each name with its sentence below, wrapped", () => {
  assertEquals(
    claimList(claims, { width: 58 }),
    "a\n  tasks are light (article and book)\nthreads-parallel\n  threads run in parallel (book)\n",
  );
  assertEquals(
    claimList(claims.slice(1), { width: 20 }),
    "threads-parallel\n  threads run in\n    parallel (book)\n",
  );
});
