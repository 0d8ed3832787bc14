import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { toAscii } from "../../lib/cli/terminal/ascii.ts";
import { type Progressing, progressText } from "../../lib/report/progress_text.ts";
import type { Style } from "../../lib/report/style.ts";
import { textWidth } from "../../lib/report/table.ts";

const style: Style = { terminal: true, color: false, width: 80, unicode: true };
const round: Progressing = { what: "round 7/12", share: 0.47 };
const run: Progressing = { what: "48,112/50,000", share: 48_112 / 50_000, detail: "761/s  failed 3  2×1" };
const more: Progressing = { ...run, more: ["held back by reader", "p50 12 ms  p99 80 ms", "8 in flight"] };
const claim: Progressing = { what: "claim 4/22  threads run in parallel", share: 3 / 22 };

/** What is shown, 8 s after the beginning. */
const text = (now: Progressing, given: Partial<Style> = {}) => progressText(now, 8_000, { ...style, ...given });

const lines: readonly (readonly [now: Progressing, width: number, line: string])[] = [
  [round, 200, "⠏ round 7/12  ███████████░░░░░░░░░░░░░  47 %  ETA 10 s"],
  [round, 80, "⠏ round 7/12  ███████████░░░░░░░░░░░░░  47 %  ETA 10 s"],
  [round, 52, "⠏ round 7/12  ████████░░░░░░░░░░░  47 %  ETA 10 s"],
  [round, 41, "⠏ round 7/12  ███░░░░░  47 %  ETA 10 s"],
  [round, 40, "⠏ round 7/12  47 %  ETA 10 s"],
  [round, 22, "⠏ round 7/12  47 %"],
  [round, 20, "⠏ round 7/12"],
  [round, 10, "⠏ roun…"],
  [run, 80, "⠏ 48,112/50,000  ██████████████████████░  96 %  ETA 1 s  761/s  failed 3  2×1"],
  [run, 60, "⠏ 48,112/50,000  96 %  ETA 1 s  761/s  failed 3  2×1"],
  [run, 52, "⠏ 48,112/50,000  96 %  ETA 1 s  761/s  failed 3…"],
  [run, 20, "⠏ 48,112/50,000"],
  [
    more,
    120,
    "⠏ 48,112/50,000  96 %  ETA 1 s  761/s  failed 3  2×1  held back by reader  p50 12 ms  p99 80 ms  8 in flight",
  ],
  [more, 100, "⠏ 48,112/50,000  96 %  ETA 1 s  761/s  failed 3  2×1  held back by reader  p50 12 ms  p99 80 ms"],
  [more, 80, "⠏ 48,112/50,000  96 %  ETA 1 s  761/s  failed 3  2×1  held back by reader"],
  [more, 70, "⠏ 48,112/50,000  ████████████░  96 %  ETA 1 s  761/s  failed 3  2×1"],
  [more, 52, "⠏ 48,112/50,000  96 %  ETA 1 s  761/s  failed 3…"],
  [claim, 60, "⠏ claim 4/22  threads run in parallel  13 %  ETA 51 s"],
  [claim, 52, "⠏ claim 4/22  threads run in par…  13 %  ETA 51 s"],
  [claim, 20, "⠏ claim 4/22  th…"],
  [{ what: "calibrating" }, 80, "⠏ calibrating"],
  [{ what: "19 items", detail: "86.4/s  1×1" }, 80, "⠏ 19 items  86.4/s  1×1"],
  [{ what: "round 1/2", share: 0 }, 80, "⠏ round 1/2"],
  [{ what: "20/20 items", share: 1 }, 60, "⠏ 20/20 items  ████████████████████████  100 %  ETA 0 s"],
  [{ what: "more than all", share: 1.2 }, 30, "⠏ more than all  100 %"],
];

for (const [now, width, line] of lines) {
  Deno.test(`progressText: ${width} columns, ${line}`, () => assertEquals(text(now, { width }), line));
}

Deno.test("progressText: what fits exactly is not cut: a name, a detail, numbers, the shortest bar", () => {
  const name = "a name of 20 columns";
  assertEquals(text({ what: name }, { width: 25 }), `⠏ ${name}`);
  assertEquals(text({ what: name }, { width: 24 }), "⠏ a name of 20 colum…");
  assertEquals(text({ what: "12 items", detail: "123456789" }, { width: 24 }), "⠏ 12 items  123456789");
  assertEquals(text({ what: "12 items", detail: "123456789" }, { width: 23 }), "⠏ 12 items  1234567…");
  assertEquals(text({ what: "12 items", detail: "123456789" }, { width: 22 }), "⠏ 12 items");
  assertEquals(text({ what: "a name of columns", detail: "12345678" }, { width: 31 }), "⠏ a name of colum…  12345678");
  assertEquals([31, 30, 21, 20].map((width) => text(round, { width })), [
    "⠏ round 7/12  47 %  ETA 10 s",
    "⠏ round 7/12  47 %",
    "⠏ round 7/12  47 %",
    "⠏ round 7/12",
  ]);
  assertEquals(text({ what: "日本語" }, { width: 6 }), "⠏ …");
});

Deno.test("progressText: one line, and room for ^C behind it, also in ASCII and with wide characters", () => {
  const wide: Progressing = { what: "loading 日本語のとても長い名前.ts", share: 0.5, detail: "日本語 0.99…1.01  1×1" };
  for (const now of [round, run, more, claim, wide]) {
    for (let width = 1; width <= 200; width++) {
      for (const unicode of [true, false]) {
        const shown = text(now, { width, unicode });
        const line = unicode ? shown : toAscii(shown);
        assert(width <= 3 ? line === "" : textWidth(line) <= width - 3, `${width}: ${line}`);
      }
    }
  }
});

Deno.test("progressText: in ASCII a bar is a bar, and something turns", () => {
  const line = toAscii(text(run, { unicode: false, width: 72 }));
  assertEquals(line, "| 48,112/50,000  ##############.  96 %  ETA 1 s  761/s  failed 3  2x1");
  const turning = [0, 199, 200, 400, 600, 800].map((ms) => toAscii(progressText(round, ms, style))[0]);
  assertEquals(turning.join(""), "||/-\\|");
});

Deno.test("progressText: colour changes no column", () => {
  const line = text(run, { color: true });
  assertStringIncludes(line, "█\x1b[2m░\x1b[22m");
  assertStringIncludes(line, "\x1b[2m761/s  failed 3  2×1\x1b[22m");
  // deno-lint-ignore no-control-regex -- colours are control characters
  assertEquals(line.replace(/\x1b\[\d+m/g, ""), text(run));
});

Deno.test("progressText: a name cannot do anything to the terminal", () => {
  assertEquals(text({ what: "loading \x1b[2Ja\nb.ts" }), "⠏ loading \\u{1b}[2Ja b.ts");
});

Deno.test("progressText: no ETA before time has gone by", () => {
  const line = (ms: number) => progressText({ what: "round 3/12", share: 0.2 }, ms, { ...style, width: 37 });
  assertEquals([line(0), line(1)], ["⠏ round 3/12  ██░░░░░░░░░░░░  20 %", "⠏ round 3/12  20 %  ETA 1 s"]);
});
