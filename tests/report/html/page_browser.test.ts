/** Pages in a real Chromium: what only a browser can tell. */
import { assert, assertEquals } from "@std/assert";
import axe from "axe-core";
import type { AnyDocument } from "../../../lib/model/document.ts";
import { htmlPage } from "../../../lib/report/html/page.ts";
import { testInBrowser, type View } from "./chromium.ts";
import { comparisonOf, diffOf, hostile, manyAttempts, runOf, saved, savedNames } from "./documents.ts";
import { type Opened, opened } from "./opened.ts";

const faultsScript = Deno.readTextFileSync(new URL("faults.js", import.meta.url));

const narrow: View = { width: 400, colorScheme: "light" };
const views: readonly View[] = [narrow, { width: 1200, colorScheme: "dark" }];

const pages: ReadonlyMap<string, readonly AnyDocument[]> = new Map([
  ...savedNames.map((name): [string, AnyDocument[]] => [name, [saved(name)]]),
  ["several", ["compare", "scale", "streams"].map(saved)],
  ["a hostile name", [comparisonOf(hostile)]],
  ["a diff", [diffOf(1.5)]],
  ["a run of many threads and tasks", [runOf({ attempts: manyAttempts(20, 40), leftOut: 48_112 })]],
  ["a run of one thread", [runOf({ attempts: manyAttempts(1, 1), events: [] })]],
  ["long names", ["x", "y"].map((letter) => comparisonOf(letter.repeat(500)))],
]);

testInBrowser("pages: no clipped label, no complaint, nothing serious for axe-core", async (browser, t) => {
  for (const [name, documents] of pages) {
    const html = htmlPage(documents);
    for (const view of views) {
      await t.step(`${name}, ${view.width} px, ${view.colorScheme}`, async () => {
        await using page = await opened(browser, html, view);
        const { charts, faults } = await page.evaluate<{ charts: number; faults: string[] }>(faultsScript);
        assertEquals(faults, []);
        assert(charts > 0 || name === "jobs");
        assertEquals(await violations(page), []);
        assertEquals(page.complaints, []);
      });
    }
  }
});

/** The contrast of two colours (WCAG 2.2, "contrast ratio"). */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const [red, green, blue] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** What axe-core finds that is serious or worse. */
async function violations(page: Opened): Promise<string[]> {
  await page.evaluate(`${axe.source}; 0`);
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run()");
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`));
}

testInBrowser("page: paper is white, and what is folded on a screen is open on it", async (browser) => {
  await using page = await opened(browser, htmlPage([saved("compare")]), {
    width: 700,
    colorScheme: "dark",
    media: "print",
  });
  assertEquals(await page.evaluate(`getComputedStyle(document.body).backgroundColor`), "rgb(255, 255, 255)");
  assertEquals(await page.evaluate(`getComputedStyle(document.querySelector("button")).display`), "none");
  const height = `document.querySelector("details table").getBoundingClientRect().height`;
  assert(await page.evaluate<number>(height) > 100);
  assertEquals(page.complaints, []);
});

testInBrowser("page: the threads of a run are on paper too, in one piece and in colour", async (browser) => {
  await using page = await opened(browser, htmlPage([runOf({})]), { width: 700, colorScheme: "dark", media: "print" });
  const styleOf = (selector: string, property: string) =>
    page.evaluate(`getComputedStyle(document.querySelector("${selector}")).${property}`);
  assertEquals(await styleOf("figure", "breakInside"), "avoid");
  assertEquals(await styleOf(".chart .bar", "stroke"), "rgb(0, 114, 178)");
  assertEquals(await styleOf(".chart .bar", "printColorAdjust"), "exact");
  const { faults } = await page.evaluate<{ faults: string[] }>(faultsScript);
  assertEquals([faults, page.complaints], [[], []]);
});

testInBrowser("page: the bars of a run have a contrast of 3:1 with the page, and differ", async (browser) => {
  for (const colorScheme of ["light", "dark"] as const) {
    await using page = await opened(browser, htmlPage([runOf({})]), { width: 400, colorScheme });
    const strokesOf = (selector: string) =>
      page.evaluate<string[]>(
        `[...document.querySelectorAll("${selector}")].map((mark) => getComputedStyle(mark).stroke)`,
      );
    const bars = await strokesOf(".chart .bar");
    assertEquals([bars.length, new Set(bars).size], [5, 5]);
    const colours = [...bars, ...await strokesOf(".chart .mark, .chart .steal, .chart .restart")];
    assertEquals(colours.length, 10);
    const background = await page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    for (const colour of colours) {
      const ratio = contrast(colour, background);
      assert(ratio >= 3, `${colour} on ${background}: ${ratio}`);
    }
  }
});

testInBrowser("page: each button saves the JSON of its result as --json prints it", async (browser) => {
  const documents = [comparisonOf(hostile), saved("claims")];
  await using page = await opened(browser, htmlPage(documents), narrow);
  for (const [i, document] of documents.entries()) {
    const { name, text } = await page.saved(`document.querySelectorAll("button")[${i}].click()`);
    assertEquals(text, `${JSON.stringify(document, undefined, 2)}\n`);
    assertEquals(name, `tandem-${document.command}-${document.startedAt.slice(0, 19).replaceAll(":", "")}.json`);
  }
  assertEquals(page.complaints, []);
});

testInBrowser("page: a job whose name is markup stays text", async (browser) => {
  await using page = await opened(browser, htmlPage([comparisonOf(hostile)]), narrow);
  assertEquals(await page.evaluate(`document.querySelectorAll("img").length`), 0);
  assertEquals(await page.evaluate("document.title"), `tandem compare ${hostile}`);
  assert((await page.evaluate<string>(`document.querySelector(".eyebrow").textContent`)).includes(hostile));
  assertEquals(await page.evaluate(`document.querySelector("pre").textContent`), `tandem run ${hostile}`);
  assertEquals(page.complaints, []);
});

testInBrowser("page: what is planted in it does not run and loads nothing", async (browser) => {
  await using page = await opened(browser, htmlPage([saved("run")]), narrow);
  const blocked = await page.evaluate(`new Promise((resolve) => {
    const found = [];
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
      found.push(effectiveDirective);
      if (found.length === 3) resolve(found.toSorted());
    });
    document.body.append(Object.assign(document.createElement("script"), { textContent: "planted = 1" }));
    document.body.append(Object.assign(document.createElement("style"), { textContent: "body { color: red }" }));
    document.body.append(Object.assign(document.createElement("img"), { src: "http://127.0.0.1:9/" }));
  })`);
  assertEquals(blocked, ["img-src", "script-src-elem", "style-src-elem"]);
  assertEquals(await page.evaluate("typeof planted"), "undefined");
});

testInBrowser(
  "planted: a clipped label, labels that overlap and a page that is too wide are found",
  async (browser) => {
    const chart = `<svg role="img" aria-labelledby="t" width="500" height="100"><title id="t">Chart</title>` +
      `<text x="495" y="50">outside</text><text x="10" y="20">one</text><text x="15" y="20">two</text></svg>`;
    await using page = await opened(browser, `<!doctype html><title>x</title>${chart}`, narrow);
    const { faults } = await page.evaluate<{ faults: string[] }>(faultsScript);
    assertEquals(faults.map((fault) => fault.replace(/\d+/g, "N")), [
      `Chart: "outside" is clipped`,
      `Chart: "one" overlaps "two"`,
      "the page is N wide in a window of N",
    ]);
  },
);
