import { assertEquals, assertMatch } from "@std/assert";
import { itemRemedies, messageWithRemedy } from "../../../lib/cli/job/remedies.ts";
import { parseCommand } from "../../../lib/cli/table/parse.ts";
import { loadCommands } from "../../../lib/cli/commands.ts";
import { type ErrorCode, TandemError } from "../../../lib/errors.ts";

/** Their messages say all that there is to say; the last one is the library's alone. */
const plain = ["usage", "job", "gave-up", "output", "journal", "too-many-failures"] as const;

/** Each failure, and what it may be about. */
const failures: Readonly<Record<Exclude<ErrorCode, typeof plain[number]>, string>> = {
  "outputs-differ": "",
  "too-few-items": "",
  "item-failed": "",
  "thread-lost": "",
  "too-many-threads": "",
  "program-missing": "",
  "no-round": "90s",
  permissions: "",
  "foreign-import": "",
  "no-react": "",
  "memory-too-small": "",
  "not-denied": "",
  "journal-missing": "j",
  "journal-not-begun": "j",
  "journal-unfinished": "j",
  "journal-differs": "maxLine",
  "journal-not-written": "j",
};

const remedyOf = (code: ErrorCode, about: string) => messageWithRemedy(new TandemError(code, "it happened", about));

Deno.test("messageWithRemedy: each failure says what happened, and then what to do", async () => {
  for (const [code, about] of Object.entries(failures)) {
    assertMatch(await remedyOf(code as ErrorCode, about), /^it happened; [a-z"].{8,}$/i, code);
  }
  for (const code of plain) assertEquals(await remedyOf(code, ""), "it happened");
});

Deno.test("messageWithRemedy: the flags that it names exist", async () => {
  const flags = new Set((await loadCommands()).flatMap(({ options }) => Object.keys(options)));
  for (const [code, about] of Object.entries(failures)) {
    for (const [, flag] of (await remedyOf(code as ErrorCode, about)).matchAll(/--([a-z]+(?:-[a-z]+)*)(?![-*a-z])/g)) {
      const key = flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
      assertEquals(flags.has(key), true, `${code}: --${flag}`);
    }
  }
});

Deno.test("messageWithRemedy: what the error is about is in it: a time that is enough, a journal, a flag", async () => {
  assertMatch(await remedyOf("no-round", "90s"), /; give more time: --max-time 90s$/);
  assertMatch(await remedyOf("no-round", ""), /; give more time \(--max-time\)$/);
  assertMatch(await remedyOf("journal-not-written", "a b"), /; then resume: --resume 'a b'$/);
  assertMatch(
    await remedyOf("journal-differs", "maxLine"),
    /; give the same flags, see --max-line, or name a new journal$/,
  );
});

Deno.test("itemRemedies: the flags are those of run, and --null only where lines do not end so already", async () => {
  const run = (await loadCommands()).find(({ name }) => name === "run")!;
  const lines = itemRemedies("\n");
  for (const remedy of [lines["line-too-long"], lines["result-too-long"]]) {
    const flag = /--\S+/.exec(remedy ?? "")?.[0];
    await parseCommand(run, [`${flag}=20MiB`, "job.js"]);
  }
  for (const remedy of [lines["not-json"], lines["result-not-utf8"]]) {
    await parseCommand(run, [...(remedy ?? "").split(" ").slice(-2), "job.js"]);
  }
  const hasSeparator = "result-has-separator";
  assertEquals(lines[hasSeparator], "give --output json, or --null");
  assertEquals(itemRemedies("\0")[hasSeparator], "give --output json");
});

Deno.test("itemRemedies: what is denied is granted by the flag of its kind, narrowed to a name", () => {
  const { kinds, all, takesNames } = itemRemedies("\n").denied;
  assertEquals(kinds, {
    read: "--allow-read",
    write: "--allow-write",
    net: "--allow-net",
    env: "--allow-env",
    run: "--allow-run",
    sys: "--allow-sys",
  });
  assertEquals([all, takesNames], ["--allow-all", true]);
});
