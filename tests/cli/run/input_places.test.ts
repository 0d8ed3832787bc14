import { assertEquals } from "@std/assert";
import { InputPlaces } from "../../../lib/cli/run/input_places.ts";
import type { Delivery } from "../../../lib/exec/pool/delivery.ts";

const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];

/** Lines 1 to 10 are of a.txt, those behind them of stdin. */
const places = new InputPlaces(["a.txt", "-"], {
  placeOf: (line) => line <= 10 ? { input: 0, line } : { input: 1, line: line - 10 },
});

function located(kind: Delivery["kind"], text: string): string {
  const [delivery] = places.locate([{ kind, first: 0, items: 1, bytes: encoder.encode(text) }]);
  assertEquals([delivery.kind, delivery.items], [kind, 1]);
  return decoder.decode(delivery.bytes);
}

Deno.test("places: a line of several inputs is named by its file and its number there", () => {
  assertEquals([places.at(3), places.at(10), places.at(17)], ["a.txt:3", "a.txt:10", "stdin:7"]);
});

Deno.test("places: an error record says its place behind its line, and stays as it is otherwise", () => {
  assertEquals(located("error", '{"line":3,"error":"é"}\n'), '{"line":3,"at":"a.txt:3","error":"é"}\n');
  assertEquals(located("error", '{"line":17}\n'), '{"line":17,"at":"stdin:7"}\n');
  const line = Number.MAX_SAFE_INTEGER; // the longest
  const long = `{"line":${line},"error":{"name":"${"x".repeat(100)}"}}\n`;
  assertEquals(located("error", long), long.replace(",", `,"at":"stdin:${line - 10}",`));
});

Deno.test("places: a file's name is JSON in the record", () => {
  const odd = new InputPlaces(['a"b'], { placeOf: (line) => ({ input: 0, line }) });
  const [{ bytes }] = odd.locate([{ kind: "error", first: 0, items: 1, bytes: encoder.encode('{"line":1}\n') }]);
  assertEquals(JSON.parse(decoder.decode(bytes)), { line: 1, at: 'a"b:1' });
});

Deno.test("places: results are left as they are", () => {
  for (const kind of ["ok", "value", "end"] as const) assertEquals(located(kind, '{"line":3}\n'), '{"line":3}\n');
});
