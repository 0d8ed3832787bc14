import { assert, assertEquals } from "@std/assert";
import { RecordWriter, type RecordWriterOptions } from "../../../lib/cli/run/record_writer.ts";
import { itemRemedies } from "../../../lib/cli/job/remedies.ts";
import { type Output, output } from "../../../lib/cli/terminal/output.ts";
import type { Delivery } from "../../../lib/exec/pool/delivery.ts";
import type { Format } from "../../../lib/exec/wire/protocol.ts";
import type { Counts } from "../../../lib/model/result.ts";

const format: Format = {
  input: "json",
  output: "json",
  separator: "\n",
  errorSeparator: "\n",
  errorsAtOnce: false,
  tag: false,
  maxLine: 1e6,
  maxResult: 1e9,
  remedies: itemRemedies("\n"),
};

const encoder = new TextEncoder();

function delivery(kind: Delivery["kind"], text: string, items = 1): Delivery {
  return { kind, first: 0, items, bytes: encoder.encode(text) };
}

/** A writer, and all that it did, in order: `>` what went to stdout, `!` to stderr, `room`. */
function writer(options: Partial<RecordWriterOptions> = {}, terminals: readonly string[] = []) {
  const did: string[] = [];
  const to = (name: string, mark: string): Output =>
    output(
      { write: (bytes) => (did.push(mark + new TextDecoder().decode(bytes)), Promise.resolve(bytes.length)) },
      name,
      { terminal: terminals.includes(name), color: false, width: 80, unicode: true },
    );
  const written = { ok: 0, failed: 0, bytes: 0 };
  const made = new RecordWriter({
    stdout: to("stdout", ">"),
    stderr: to("stderr", "!"),
    format,
    inline: false,
    makeRoom: () => (did.push("room"), Promise.resolve()),
    written,
    ...options,
  });
  return { did, written, write: (...deliveries: Delivery[]) => made.write(deliveries) };
}

Deno.test("record writer: small records are written together, and counted by how their items ended", async () => {
  const { did, written, write } = writer();
  const deliveries = [
    delivery("ok", "1\n2\n", 2),
    delivery("value", "3\n"),
    delivery("end", ""),
    delivery("ok", "4\n"),
  ];
  assertEquals(await write(...deliveries), deliveries);
  assertEquals([did, written], [[">1\n2\n3\n4\n"], { ok: 4, failed: 0, bytes: 8 }]);
});

Deno.test("record writer: errors go to stderr, and with inline to stdout, in their place", async () => {
  const deliveries = [delivery("ok", "1\n"), delivery("error", "bad\n", 3), delivery("ok", "2\n")];
  const apart = writer();
  await apart.write(...deliveries);
  assertEquals([apart.did, apart.written], [["room", "!bad\n", ">1\n2\n"], { ok: 2, failed: 3, bytes: 4 }]);
  const inline = writer({ inline: true });
  await inline.write(...deliveries);
  assertEquals([inline.did, inline.written], [[">1\nbad\n2\n"], { ok: 2, failed: 3, bytes: 8 }]);
});

Deno.test("record writer: records of every size keep their order, and are counted before they are written", async () => {
  const sizes = [1, 300_000, 2, 200_000, 262_145, 262_144, 262_144, 600_000, 3, 524_288, 4];
  const counts: number[] = [];
  const { did, written, write } = writer();
  const records = sizes.map((size, i) => String.fromCharCode(97 + i).repeat(size));
  for (const record of records) {
    await write(delivery("ok", record));
    counts.push(written.bytes);
  }
  assertEquals(counts.at(-1), sizes.reduce((sum, size) => sum + size));
  const together = writer();
  await together.write(...records.map((record) => delivery("ok", record)));
  for (const { did: parts } of [{ did }, together]) {
    const text = parts.map((part) => part.slice(1)).join("");
    assert(text === records.join(""), text.replaceAll(/(.)\1*/g, "$1")); // one letter for each record
  }
  assertEquals(together.written.bytes, written.bytes);
});

Deno.test("record writer: records up to half the memory are gathered until it is full; longer ones are not copied", async () => {
  const { did, write } = writer();
  const half = 256 * 1024;
  await write(...[half, half, 1, half + 1, 1, 1].map((size) => delivery("ok", "x".repeat(size))));
  assertEquals(did.map((part) => part.length - 1), [2 * half, 1, half + 1, 2]);
});

Deno.test("record writer: nothing is written after the item that reaches its stop", async () => {
  const { did, written, write } = writer({
    failureStop: { how: "failed-fast", isReached: ({ failed }) => failed > 0 },
  });
  const deliveries = [delivery("ok", "1\n"), delivery("error", "bad\n"), delivery("ok", "2\n")];
  assertEquals(await write(...deliveries), deliveries.slice(0, 2));
  assertEquals([did, written], [["room", "!bad\n", ">1\n"], { ok: 1, failed: 1, bytes: 2 }]);
});

Deno.test("record writer: items that end well can reach the stop of a share, values cannot", async () => {
  const share = { how: "too-many-failures", isReached: ({ ok, failed }: Counts) => ok + failed >= 3 } as const;
  const { write } = writer({ failureStop: share });
  const deliveries = [delivery("error", "bad\n"), delivery("value", "1\n", 3), delivery("ok", "1\n2\n", 2)];
  assertEquals(await write(...deliveries, delivery("ok", "3\n")), deliveries);
});

Deno.test("record writer: a record cannot do anything to a terminal, and other outputs have it as it is", async () => {
  const deliveries = [delivery("ok", '"\x1b[2J"\n"b"\n', 2), delivery("error", '{"a":"\x1b[2J"}\n')];
  const terminal = writer({}, ["stdout", "stderr"]);
  await terminal.write(...deliveries);
  assertEquals(terminal.did, ["room", "room", '!{"a":"\\u001b[2J"}\n', '>"\\u001b[2J"\n"b"\n']);
  const texts = writer({ format: { ...format, output: "text" } }, ["stdout"]);
  await texts.write(...deliveries);
  assertEquals(texts.did, ["room", "room", '!{"a":"\x1b[2J"}\n', '>"\\u{1b}[2J"\n"b"\n']);
  const tagged = writer({ format: { ...format, output: "text", tag: true }, inline: true }, ["stdout"]);
  await tagged.write(...deliveries);
  assertEquals(tagged.did, ["room", "room", '>"\\u001b[2J"\n"b"\n{"a":"\\u001b[2J"}\n']);
  const inline = writer({ format: { ...format, output: "text" }, inline: true }, ["stdout"]);
  await inline.write(deliveries[1]);
  assertEquals(inline.did.at(-1), '>{"a":"\\u001b[2J"}\n');
});
