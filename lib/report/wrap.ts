/** Blanks between words; none between a number and its unit. */
const between = /\s+(?!(?:ns|µs|ms|s|%|B|KiB|MiB|GiB)(?![\w]))/;

/** The words of a text in lines of at most `width` characters; a longer word has a line of its own. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(between)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** Lines of prose as they fit: what is too long goes on below, two columns further in. */
export function wrapLines(lines: readonly string[], width: number): string[] {
  return lines.flatMap((line) => {
    if (line.length <= width) return [line];
    const [indent] = /^ */.exec(line) ?? [""];
    const [first, ...more] = wrapWords(line.trim(), width - indent.length - 2);
    return [indent + first, ...more.map((words) => `${indent}  ${words}`)];
  });
}
