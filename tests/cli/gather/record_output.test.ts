import { assertEquals } from "@std/assert";
import { RecordOutput } from "../../../lib/cli/gather/record_output.ts";
import { testSession } from "../test_session.ts";

const chunkBytes = 512 * 1024;
const encoder = new TextEncoder();

Deno.test("record output: records that just fit, and those that just do not, are written whole and in order", async () => {
  for (const first of [0, 10, chunkBytes - 12]) {
    for (let more = -3; more <= 3; more++) {
      const texts = [first, chunkBytes + more - first - 2, 7].map((length, i) => `${i}`.repeat(Math.max(0, length)));
      const seen = testSession();
      const output = new RecordOutput(seen.session.stdout, "\n");
      for (const text of texts) await output.add(encoder.encode(text), true);
      await output.flush();
      assertEquals(seen.stdout.written === texts.map((text) => `${text}\n`).join(""), true, `${first} ${more}`);
    }
  }
});

Deno.test("record output: a terminal gets each record at once", async () => {
  const { session, stdout } = testSession({ style: { terminal: true } });
  const output = new RecordOutput(session.stdout, "\n");
  await output.add(encoder.encode("a\x1b"), false);
  assertEquals(stdout.written, "a\\u{1b}\n");
  await output.add(encoder.encode('"b"'), true);
  assertEquals(stdout.written, 'a\\u{1b}\n"b"\n');
});
