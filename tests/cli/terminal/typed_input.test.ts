import { assertEquals } from "@std/assert";
import { Progress } from "../../../lib/cli/terminal/progress.ts";
import { typedInput } from "../../../lib/cli/terminal/typed_input.ts";
import { idle, virtualClock } from "../../virtual_clock.ts";
import { testSession } from "../test_session.ts";

const endKeys = Deno.build.os === "windows" ? "Ctrl-Z and Enter end" : "Ctrl-D ends";
const erase = "\r\x1b[K";

/** stdin that a person types after so many milliseconds: two lines, then its end. */
function typing(pauseMs: number, { input = "json" as "json" | "lines", quiet = false, terminal = true } = {}) {
  const clock = virtualClock();
  const parts = (async function* () {
    for (const line of ["1\n", "2\n"]) {
      await clock.wait(pauseMs).done;
      yield line;
    }
  })();
  const said: number[] = [];
  const onWrite = () => said.push(clock.now());
  const { session, stderr } = testSession({
    clock,
    stdin: parts,
    typed: true,
    style: { terminal, width: 100 },
    onWrite,
  });
  const progress = new Progress(session, { quiet });
  const source = typedInput({ input, quiet }, progress, session);
  const into = new Uint8Array(8);
  const line = async () => {
    const length = await source.read(into);
    return length === null ? null : new TextDecoder().decode(into.subarray(0, length));
  };
  return { clock, said, stderr, progress, source, line };
}

Deno.test("typedInput: after a second of silence it is said once what is awaited, and how it ends", async () => {
  for (
    const [input, awaited] of [
      ["json", "a JSON value for each item, one a line"],
      ["lines", "a line of text for each item"],
    ] as const
  ) {
    const { clock, said, stderr, line } = typing(5_000, { input });
    assertEquals([await line(), await line(), await line()], ["1\n", "2\n", null]);
    assertEquals(stderr.written, `waiting for input from the terminal: ${awaited}; ${endKeys} it\n`);
    assertEquals([said, clock.now(), clock.open()], [[1_000], 10_000, 0]);
  }
});

Deno.test("typedInput: nothing is said if a line comes within the second, with --quiet, or where stderr is no terminal", async () => {
  for (
    const { clock, stderr, line } of [
      typing(900),
      typing(5_000, { quiet: true }),
      typing(5_000, { terminal: false }),
      typing(5_000, { quiet: true, terminal: false }),
    ]
  ) {
    assertEquals([await line(), await line(), await line()], ["1\n", "2\n", null]);
    assertEquals([stderr.written, clock.open()], ["", 0]);
  }
});

Deno.test("typedInput: the progress line ends before anything is typed", async () => {
  const { stderr, progress, line } = typing(100);
  await progress.show({ what: "a" });
  const typed = line();
  await idle();
  assertEquals(stderr.written, `${erase}⠏ a${erase}`);
  assertEquals(await typed, "1\n");
});

Deno.test("typedInput: it is a terminal of no length, as before", () => {
  const { source } = typing(0);
  assertEquals([source.terminal, source.length], [true, null]);
});
