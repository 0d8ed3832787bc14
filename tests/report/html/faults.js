/**
 * What is wrong with the page that this expression is evaluated in, as sentences. It opens what is folded first: charts and texts
 * without a size would be no fault there.
 */
(() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  const faults = [];
  const nameOf = (svg) => svg.querySelector("title")?.textContent ?? "an svg without a title";
  const inside = (inner, outer) =>
    inner.left >= outer.left - 0.5 && inner.right <= outer.right + 0.5 &&
    inner.top >= outer.top - 0.5 && inner.bottom <= outer.bottom + 0.5;
  const overlap = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3; // a line of text is taller than its letters
  const charts = [...document.querySelectorAll("svg[role=img]")];
  for (const svg of charts) {
    const box = svg.getBoundingClientRect();
    if (!(box.width > 100 && box.height > 5)) faults.push(`${nameOf(svg)}: is ${box.width} × ${box.height}`);
    const titled = document.getElementById(svg.getAttribute("aria-labelledby"));
    if (titled?.parentNode !== svg) faults.push(`${nameOf(svg)}: its aria-labelledby is not its title`);
    const texts = [...svg.querySelectorAll("text")].map((text) => ({
      words: text.textContent,
      box: text.getBoundingClientRect(),
    }));
    for (const { words, box: inner } of texts) {
      if (!(inner.width > 0 && inside(inner, box))) faults.push(`${nameOf(svg)}: "${words}" is clipped`);
    }
    texts.forEach((a, i) => {
      for (const b of texts.slice(i + 1)) {
        if (overlap(a.box, b.box)) faults.push(`${nameOf(svg)}: "${a.words}" overlaps "${b.words}"`);
      }
    });
    for (const mark of svg.querySelectorAll("path, rect")) {
      const inner = mark.getBoundingClientRect();
      const isInside = inside(inner, { left: box.left, right: box.right, top: box.top, bottom: box.bottom });
      if (!isInside) faults.push(`${nameOf(svg)}: a mark (${mark.getAttribute("class")}) lies outside`);
    }
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth} wide in a window of ${clientWidth}`);
  return { charts: charts.length, faults };
})();
