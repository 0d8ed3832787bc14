import { createHash } from "node:crypto";
import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { InputDigest } from "../../lib/journal/input_digest.ts";
import type { InputPosition } from "../../lib/journal/entry.ts";
import type { Inputs } from "../../lib/exec/input/byte_reader.ts";

const nothing: InputPosition = { bytes: 0, sha256: "" };

/** Inputs with these texts, read at most `max` bytes at a time. */
function inputsOf(texts: readonly string[], max: number): Inputs {
  const waiting = texts.map((text) => new TextEncoder().encode(text));
  return {
    totalBytes: () => undefined,
    next() {
      let rest = waiting.shift();
      if (rest === undefined) return Promise.resolve(undefined);
      return Promise.resolve({
        close() {},
        read(into) {
          if (rest === undefined || rest.length === 0) return Promise.resolve(null);
          const part = rest.subarray(0, Math.min(max, into.length));
          rest = rest.subarray(part.length);
          into.set(part);
          return Promise.resolve(part.length);
        },
      });
    },
  };
}

/** Reads all of them, and returns the position, how often it matched what was expected, and whether it did in the end. */
async function readAll(texts: readonly string[], max: number, position = nothing) {
  let matches = 0;
  const refuse = (found: string) => new Error(found);
  const digest = new InputDigest(createHash("sha256"), "\n", { position, onMatch: () => matches++, refuse });
  const inputs = digest.watch(inputsOf(texts, max));
  for (let reader = await inputs.next(); reader !== undefined; reader = await inputs.next()) {
    while (await reader.read(new Uint8Array(64)) !== null);
  }
  return { position: digest.position, matches, matched: digest.matched };
}

const text = fc.array(fc.constantFrom("a", "b", "\n", "1\n2\n"), { maxLength: 9 }).map((parts) => parts.join(""));
const texts = fc.array(text, { maxLength: 3 });

Deno.test("input digest: chunks and files do not matter, lines do", async () => {
  await fc.assert(fc.asyncProperty(texts, fc.integer({ min: 1, max: 9 }), async (inputs, max) => {
    const { position } = await readAll(inputs, max);
    const lines = inputs.map((input) => input === "" || input.endsWith("\n") ? input : `${input}\n`).join("");
    assertEquals(position, { bytes: lines.length, sha256: createHash("sha256").update(lines).digest("hex") });
    const again = await readAll([lines, "more\n"], 3, position);
    assertEquals([again.matches, again.matched], [1, true]);
  }));
});

Deno.test("input digest: what follows the expected position counts too, wherever the chunks end", async () => {
  const [before, after] = ["1\n2\n", "3\n4\n"];
  const expected = { bytes: before.length, sha256: createHash("sha256").update(before).digest("hex") };
  const whole = { bytes: 8, sha256: createHash("sha256").update(before + after).digest("hex") };
  for (let max = 1; max <= 9; max++) {
    assertEquals((await readAll([before + after], max, expected)).position, whole, `${max}`);
  }
});

Deno.test("input digest: closes what it reads from", async () => {
  let closed = 0;
  const inputs = {
    ...inputsOf([], 1),
    next: () => Promise.resolve({ read: () => Promise.resolve(null), close: () => void closed++ }),
  };
  const refuse = (found: string) => new Error(found);
  const digest = new InputDigest(createHash("sha256"), "\n", { position: nothing, onMatch() {}, refuse });
  (await digest.watch(inputs).next())?.close();
  assertEquals([closed, digest.bytes], [1, 0]);
});

Deno.test("input digest: refuses a changed input, a shorter one and a last line that has grown", async () => {
  const { position } = await readAll(["1\n2\n", "3"], 64);
  const found = "the input has changed: its first 6 bytes differ from those that were read before (SHA-256 " +
    `${position.sha256.slice(0, 12)}, now ${(await readAll(["1\n2\n4\n"], 64)).position.sha256.slice(0, 12)})`;
  await assertRejects(() => readAll(["1\n2\n4\n"], 2, position), Error, found);
  await assertRejects(() => readAll(["1\n2\n33\n"], 2, position), Error, "the input has changed");
  await assertRejects(() => readAll(["1\n2\n"], 2, position), Error, "it has 4 bytes, but 6 were read before");
  await assertRejects(() => readAll([], 2, position), Error, "it has 0 bytes");
});
