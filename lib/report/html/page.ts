import { createHash } from "node:crypto";
import type { AnyDocument } from "../../model/document.ts";
import { articleMarkup, articleOf, commandOf } from "./article.ts";
import { css } from "./css.ts";
import { markup, nothing, raw } from "./markup.ts";
import { script } from "./script.ts";

/** What the page may load: its own style sheet and script, known by their hashes, and its icon. Nothing else, from nowhere. */
const policy = [
  "default-src 'none'",
  `style-src '${hashOf(css)}'`,
  `script-src '${hashOf(script)}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Two threads side by side. Without an icon of its own, a page that is served makes browsers ask the server for one. */
const icon = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E" +
  "%3Cpath d='M4 2v12' stroke='%230072b2' stroke-width='4' stroke-linecap='round'/%3E" +
  "%3Cpath d='M12 2v12' stroke='%23e69f00' stroke-width='4' stroke-linecap='round'/%3E%3C/svg%3E";

/**
 * Documents as one page that needs nothing else: charts, the tables of their numbers, and the documents themselves, which a button
 * saves. At least one document.
 */
export function htmlPage(documents: readonly AnyDocument[]): string {
  const all = documents.map((document, i) => {
    const id = `d${i}`;
    return { document, id, article: articleOf(document, id) };
  });
  const title = all.length === 1 ? commandOf(all[0].document) : `${all.length} results of tandem`;
  const links = all.map(({ document, id, article }) =>
    markup`<li><a href="#${id}">${commandOf(document)}: ${article.headline}</a></li>`
  );
  const nav = all.length === 1 ? nothing : markup`<nav aria-label="Results"><ul>${links}</ul></nav>`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(policy)}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title>
<link rel="icon" href="${raw(icon)}">
<style>${raw(css)}</style>
</head>
<body>
<main>
<h1>${all.length === 1 ? "tandem report" : title}</h1>
${nav}${all.map(({ document, id, article }) => articleMarkup(document, article, id))}</main>
<script>${raw(script)}</script>
</body>
</html>
`.text;
}

/** The hash of an inline style sheet or script, as a policy has it (CSP Level 3, 2.3.1). */
function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
