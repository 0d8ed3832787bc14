/**
 * Draws the README's picture of a report: the top of the page of a saved document, in a real Chromium.
 *
 *     deno task picture:page [FILE.json]
 */
import { Browser } from "../report/html/chromium.ts";
import { opened } from "../report/html/opened.ts";
import { palettePng } from "./palette_png.ts";
import { htmlPage } from "../../lib/report/html/page.ts";

const root = new URL("../../", import.meta.url);
const [file = new URL("tests/golden/compare_grid.json", root)] = Deno.args;
const [width, height] = [1160, 1480];

await using browser = await Browser.launch();
const html = htmlPage([JSON.parse(await Deno.readTextFile(file))]);
await using page = await opened(browser, html, { width, colorScheme: "light" });
const picture = palettePng(await page.picture(height));
await Deno.writeFile(new URL(".github/report.png", root), picture);
console.log(`.github/report.png: ${width} × ${height}, ${picture.length} bytes`);
