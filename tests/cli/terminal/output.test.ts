import { assertEquals, assertRejects } from "@std/assert";
import { droppingOutput, output, type Sink } from "../../../lib/cli/terminal/output.ts";
import { ClosedPipe, OutputError } from "../../../lib/errors.ts";

const style = { terminal: false, color: false, width: 80, unicode: true };

/** A sink that takes so many bytes at a time, after a turn of the event loop; and all that it has taken. */
function slowSink(most: number) {
  const taken: number[] = [];
  const sink: Sink = {
    async write(bytes) {
      const part = [...bytes.subarray(0, most)];
      await Promise.resolve();
      taken.push(...part);
      return part.length;
    },
  };
  return { sink, text: () => new TextDecoder().decode(new Uint8Array(taken)) };
}

/** A sink that fails once, and takes all after that. */
function failingOnce(error: unknown) {
  const taken: string[] = [];
  let failed = false;
  const sink: Sink = {
    write(bytes) {
      if (!failed) {
        failed = true;
        return Promise.reject(error);
      }
      taken.push(new TextDecoder().decode(bytes));
      return Promise.resolve(bytes.length);
    },
  };
  return { sink, taken };
}

Deno.test("output: each write is whole before the next begins, awaited or not, however little the sink takes", async () => {
  const { sink, text } = slowSink(2);
  const { write, writeExact, writeBytes } = output(sink, "stdout", style);
  await Promise.all([write("first "), writeExact("second "), writeBytes(new TextEncoder().encode("third"))]);
  assertEquals(text(), "first second third");
});

Deno.test("output: a write that failed does not hinder the next one", async () => {
  const { sink, taken } = failingOnce(new Error("full"));
  const { write } = output(sink, "stdout", style);
  const [first, second] = [write("first"), write("second")];
  await assertRejects(() => first, OutputError, "cannot write to stdout: full; the results end here");
  await second;
  assertEquals(taken, ["second"]);
});

Deno.test("output: a text for people is ASCII where the locale is; one for programs, and bytes, never", async () => {
  const { sink, text } = slowSink(9);
  const { write, writeExact, writeBytes } = output(sink, "stdout", { ...style, unicode: false });
  await write("2×1 ");
  await writeExact("2×1 ");
  await writeBytes(new TextEncoder().encode("2×1 "));
  await output(sink, "stdout", style).write("2×1");
  assertEquals(text(), "2x1 2×1 2×1 2×1");
});

Deno.test("output: a line has the columns of a terminal's style, unless it is asked for them; a pipe has none", () => {
  const { sink } = slowSink(9);
  const columns = (terminal: boolean, own?: () => number) =>
    output(sink, "stderr", { ...style, terminal }, own).lineColumns();
  assertEquals([columns(true), columns(false), columns(true, () => 7)], [80, undefined, 7]);
});

Deno.test("output: a reader that has gone is no failure to write", async () => {
  const { sink } = failingOnce(new Deno.errors.BrokenPipe());
  await assertRejects(() => output(sink, "stdout", style).write("text"), ClosedPipe);
});

Deno.test("droppingOutput: what a reader that has gone would have read is dropped, by each way of writing", async () => {
  const text = new TextEncoder().encode("bytes");
  const { sink, taken } = failingOnce(new Deno.errors.BrokenPipe());
  const dropping = droppingOutput(output(sink, "stderr", style));
  await dropping.write("text");
  await dropping.write("text");
  await dropping.writeExact("exact");
  await dropping.writeBytes(text);
  assertEquals(taken, []);
});

Deno.test("droppingOutput: until its reader has gone it is the output itself, and other failures are thrown", async () => {
  const inner = slowSink(9);
  const kept = output(inner.sink, "stderr", { ...style, terminal: true });
  const dropping = droppingOutput(kept);
  await dropping.write("text ");
  await dropping.writeExact("exact ");
  await dropping.writeBytes(new TextEncoder().encode("bytes"));
  assertEquals([inner.text(), dropping.lineColumns(), dropping.style], ["text exact bytes", 80, kept.style]);
  const { sink, taken } = failingOnce(new Error("full"));
  const failing = droppingOutput(output(sink, "stderr", style));
  await assertRejects(() => failing.write("text"), OutputError, "full");
  await failing.write("later");
  assertEquals(taken, ["later"]);
});

Deno.test("output: a write that fails says what helps: space only for a full disk", async () => {
  const failing = (error: unknown) => output({ write: () => Promise.reject(error) }, "stdout", style).write("text");
  const withCode = (code: string) => Object.assign(new Error("the system's words (os error 1)"), { code });
  for (
    const [error, said] of [
      [withCode("ENOSPC"), "the system's words; the results end here, free some space or choose another place"],
      [withCode("EDQUOT"), "the system's words; the results end here, free some space or choose another place"],
      [withCode("EIO"), "the system's words; the results end here, choose another place"],
      [
        Object.assign(new Deno.errors.WouldBlock("the system's words"), { code: "EAGAIN" }),
        "the results end here, another program has made it non-blocking, and it is full; put a pipe between: ... | cat",
      ],
    ] as const
  ) await assertRejects(() => failing(error), OutputError, said);
});
