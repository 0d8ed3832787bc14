import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { terminalSvg } from "./terminal_svg.ts";

const frame = { title: "a picture", columns: 40 };

/** The texts drawn, each with its attributes. */
function drawn(text: string, picture = frame): { readonly attributes: string; readonly text: string }[] {
  return [...terminalSvg(text, picture).matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)]
    .map(([, attributes, content]) => ({ attributes, text: content }));
}

Deno.test("terminal svg: colours, bold and dim, until they are switched off", () => {
  const [red, bold, dim, plain, bright] = drawn(
    "\x1b[31mred\x1b[39m  \x1b[1mbold\x1b[22m  \x1b[2mdim\x1b[22m  plain  \x1b[1;92mbright\x1b[0m",
  );
  assertStringIncludes(red.attributes, 'fill="#ff7b72"');
  assertStringIncludes(bold.attributes, 'font-weight="bold"');
  assert(!bold.attributes.includes(" fill="));
  assertStringIncludes(dim.attributes, 'fill-opacity="0.6"');
  assertEquals([plain.text, /fill|bold/.test(plain.attributes)], ["plain", false]);
  assertStringIncludes(bright.attributes, 'fill="#3fb950" font-weight="bold"');
});

Deno.test("terminal svg: markup in text and title is escaped, other escape sequences are dropped", () => {
  const svg = terminalSvg("\x1b[2Ka < b && c > \x1b[1Gd", { title: "<&>", columns: 40 });
  assertStringIncludes(svg, ">a &lt; b &amp;&amp; c &gt; d</text>");
  assertStringIncludes(svg, "<title>&lt;&amp;&gt;</title>");
  assert(!svg.includes("\x1b"));
});

Deno.test("terminal svg: a line wraps at the last column, wide characters take two", () => {
  const picture = { title: "", columns: 4 };
  assertEquals(drawn("abcdef", picture).map(({ text }) => text), ["abcd", "ef"]);
  assertEquals(drawn("日本語", picture).map(({ text }) => text), ["日本", "語"]);
  assertEquals(drawn("abc日", picture).map(({ text }) => text), ["abc", "日"]);
  assertStringIncludes(drawn("日本", picture)[0].attributes, `textLength="${4 * 8}"`);
});

Deno.test("terminal svg: cells of a table start at their columns, lines below one another", () => {
  const [a, b, c] = drawn("a  b\nc");
  const place = ({ attributes }: { attributes: string }) =>
    /x="(\d+)" y="(\d+)"/.exec(attributes)!.slice(1).map(Number);
  assertEquals(place(b)[0] - place(a)[0], 3 * 8);
  assertEquals([place(c)[0], place(c)[1] - place(a)[1]], [place(a)[0], 18]);
});

Deno.test("terminal svg: as wide as its longest line, and as high as its lines without empty ones at the end", () => {
  const size = (text: string) => /width="(\d+)" height="(\d+)"/.exec(terminalSvg(text, frame))!.slice(1).map(Number);
  const [width, height] = size("ab\n\ncd\n\n");
  assertEquals([width, height], size("ab\n\ncd"));
  assertEquals([size("abc")[0] - width, height - size("ab\ncd")[1]], [8, 18]);
});

Deno.test("README: its picture is small, has a title and loads nothing", async () => {
  const svg = await Deno.readTextFile(new URL("../../.github/compare.svg", import.meta.url));
  assert(svg.length < 30_000);
  assertStringIncludes(svg, "<title>tandem compare orders.js</title>");
  assertMatch(svg, />compare orders\.js · [^<]* · outputs equal \(sha256 [0-9a-f]{8}\)</); // as compareText writes it today
  assertEquals([...svg.matchAll(/(?:href|src|url\()/g)], []);
});
