/**
 * The characters beyond ASCII that our texts have, and what stands for them: one character each, so that columns keep their width.
 * An … stands in intervals, whose numbers may have a sign.
 */
export const substitutes: Readonly<Record<string, string>> = {
  "×": "x",
  "±": "~",
  "·": "|",
  "…": "~",
  "µ": "u",
  "–": "-",
  "→": ">",
  "✔": "+",
  "✘": "x",
  "≈": "~",
  "░": ".",
  "▒": ":",
  "▓": "+",
  "█": "#",
  "▏": " ",
  "▎": " ",
  "▍": " ",
  "▌": "#",
  "▋": "#",
  "▊": "#",
  "▉": "#",
  "²": "2",
  "−": "-",
  "⠏": "|",
  "⠹": "/",
  "⠼": "-",
  "⠧": "\\",
};

const pattern = new RegExp(`[${Object.keys(substitutes).join("")}]`, "g");

/** Our text in ASCII. What comes from the user, like a name, keeps its other characters. */
export function toAscii(text: string): string {
  return text.replace(pattern, (character) => substitutes[character]);
}
