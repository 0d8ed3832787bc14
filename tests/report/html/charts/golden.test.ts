/**
 * The charts of saved documents, as their pages have them. `golden/NAME.txt` has a tag in each line.
 * After a change of how they look: deno run -A tests/report/html/charts/golden.test.ts, and look at the pages in a browser.
 */
import { assertEquals } from "@std/assert";
import { htmlPage } from "../../../../lib/report/html/page.ts";
import { saved } from "../documents.ts";

const names = ["claims", "compare_grid", "run", "run_timeline", "scale", "streams"];

function chartsOf(name: string): string {
  const svgs = htmlPage([saved(name)]).match(
    /<svg class="(?:chart|bar).*?<\/svg>(?=<\/(?:div|figure|header)|<(?:details|p|ul))/g,
  );
  return `${(svgs ?? []).join("\n").replaceAll("><", ">\n<")}\n`;
}

for (const name of names) {
  const place = new URL(`golden/${name}.txt`, import.meta.url);
  if (import.meta.main) {
    Deno.writeTextFileSync(place, chartsOf(name));
    continue;
  }
  Deno.test(`golden: the charts of ${name}`, () => {
    assertEquals(chartsOf(name), Deno.readTextFileSync(place));
  });
}
