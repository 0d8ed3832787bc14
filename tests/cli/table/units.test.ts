import { assertEquals } from "@std/assert";
import { suggest } from "../../../lib/cli/table/suggest.ts";
import { decideStyle } from "../../../lib/cli/terminal/terminal.ts";
import { parseCount, parseDuration, parseSize } from "../../../lib/cli/table/units.ts";
import { printable } from "../../../lib/report/printable.ts";
import { formatBytes, formatDuration, formatRatio } from "../../../lib/report/units.ts";

Deno.test("units: durations, sizes and counts are read with their unit", () => {
  assertEquals(["200ms", "1.5s", "2m", "0", "20", "-1", "ms", "1e400s", ""].map(parseDuration), [
    200,
    1500,
    120_000,
    0,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  assertEquals(["1MiB", "64kB", "512b", "7"].map(parseSize), [1_048_576, 64_000, 512, undefined]);
  assertEquals(["20", "10k", "1e6", "1.5", "abc", "-1", "0x10", "9e99"].map(parseCount), [
    20,
    10_000,
    1_000_000,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

Deno.test("units: three significant digits are shown", () => {
  assertEquals([0.0000014, 0.0014, 15.14, 2040].map(formatDuration), ["1.40 ns", "1.40 µs", "15.1 ms", "2.04 s"]);
  assertEquals([0.9997, 999.7].map(formatDuration), ["1.00 ms", "1.00 s"]);
  assertEquals([512, 7_769_948, 25e9].map(formatBytes), ["512 B", "7.41 MiB", "23.3 GiB"]);
  assertEquals([1.9534, 10_812].map(formatRatio), ["1.95×", "10,800×"]);
});

Deno.test("suggest: close words only", () => {
  assertEquals(suggest("strems", ["streams", "channel"]), "streams");
  assertEquals(["rnu", "urn", "rn"].map((word) => suggest(word, ["run"])), ["run", "run", "run"]);
  assertEquals(suggest("xyz", ["streams", "channel"]), undefined);
});

Deno.test("style: flag, then NO_COLOR, then force, then terminal", () => {
  const look = (choice: "auto" | "always" | "never", terminal: boolean, vars: Record<string, string>) =>
    decideStyle(choice, { terminal, columns: () => undefined, env: (name) => vars[name] }).color;
  assertEquals(look("auto", true, {}), true);
  assertEquals(look("auto", false, {}), false);
  assertEquals(look("auto", true, { TERM: "dumb" }), false);
  assertEquals(look("auto", true, { NO_COLOR: "1" }), false);
  assertEquals(look("auto", true, { NO_COLOR: "" }), true);
  assertEquals(look("auto", false, { FORCE_COLOR: "1" }), true);
  assertEquals(look("auto", false, { NO_COLOR: "1", FORCE_COLOR: "1" }), false);
  assertEquals(look("always", false, { NO_COLOR: "1" }), true);
  assertEquals(look("never", true, { FORCE_COLOR: "1" }), false);
});

Deno.test("style: width from the terminal, else COLUMNS, else 80", () => {
  const width = (columns: number | undefined, COLUMNS?: string) =>
    decideStyle("auto", {
      terminal: true,
      columns: () => columns,
      env: (name) => name === "COLUMNS" ? COLUMNS : undefined,
    }).width;
  assertEquals([width(100, "60"), width(undefined, "60"), width(undefined, "no"), width(undefined)], [100, 60, 80, 80]);
});

Deno.test("printable: what would move the cursor or turn the text is written out", () => {
  assertEquals(printable("a\x1b[31mb\r\u202e"), "a\\u{1b}[31mb\\u{d}\\u{202e}");
});
