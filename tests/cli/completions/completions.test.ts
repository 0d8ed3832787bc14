import { assert, assertEquals } from "@std/assert";
import { claims } from "../../../lib/claims/mod.ts";
import { topics } from "../../../lib/cli/table/topics.ts";
import { builtinJobs } from "../../../lib/jobs/builtin.ts";
import { call, failingCall } from "../in_process.ts";

const shells = ["bash", "zsh", "fish", "powershell"];
const script = async (shell: string) => (await call(["completions", shell])).stdout;

Deno.test("completions: each script says how it is installed, as its help does", async () => {
  const help = (await call(["help", "completions"])).stdout;
  for (const shell of shells) {
    const head = (await script(shell)).split("\n\n")[0];
    const lines = [...head.matchAll(/^# {3}(.*)$/gm)].map(([, line]) => line);
    assert(lines.some((line) => line.includes(`tandem completions ${shell}`)), head);
    for (const line of lines) assert(help.includes(`\n  ${line}\n`), `${shell}: ${line}`);
  }
});

Deno.test("completions: every claim, built-in job and topic is in every script", async () => {
  const names = [
    ...claims.map(({ id }) => id),
    ...Object.keys(builtinJobs).map((name) => `@${name}`),
    ...Object.keys(topics),
  ];
  for (const shell of shells) {
    const text = await script(shell);
    assertEquals(names.filter((name) => !text.includes(name)), [], shell);
  }
});

Deno.test("completions: what shell is meant has to be said, and has to be known", async () => {
  const { code, stderr } = await failingCall(["completions", "fihs"]);
  assertEquals(code, 2);
  assertEquals(
    stderr,
    'tandem: unknown shell "fihs": there are completions for bash, zsh, fish and powershell. Did you mean fish? ' +
      "See: tandem help completions\n",
  );
  assertEquals((await failingCall(["completions", "constructor"])).code, 2);
});

Deno.test("completions: a script is for a program: it is the same in any terminal and locale", async () => {
  for (const shell of shells) {
    const narrow = await call(["completions", shell], { style: { width: 20, unicode: false, color: true } });
    assertEquals(narrow.stdout, await script(shell));
  }
});
