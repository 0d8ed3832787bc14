import type { Argument, Placeholder } from "../../model/exec.ts";

/** An item, as placeholders show it. */
export interface ExecItem {
  readonly text: string;
  /** Its place among the items, from 1. */
  readonly number: number;
  /** The place that its command runs in, from 1: no other command that runs has the same. */
  readonly place: number;
}

/** What placeholders stand for: the replacement strings of GNU parallel (`man parallel`), `{//}` as Perl's dirname. */
const replacements: Readonly<Record<Placeholder, (item: ExecItem) => string>> = {
  "{}": ({ text }) => text,
  "{.}": ({ text }) => withoutExtension(text),
  "{/}": ({ text }) => baseName(text),
  "{//}": ({ text }) => folderName(text),
  "{/.}": ({ text }) => withoutExtension(baseName(text)),
  "{#}": ({ number }) => String(number),
  "{%}": ({ place }) => String(place),
};

/** An argument for an item: always one, whatever the item contains. */
export function argumentFor(argument: Argument, item: ExecItem): string {
  return argument.map((part) => typeof part === "string" ? part : replacements[part.placeholder](item)).join("");
}

/** Removes the last dot of the last part of a path, and what is behind it. */
function withoutExtension(path: string): string {
  return path.replace(/\.[^/.]*$/, "");
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder that a path is in: "." if it does not say. Slashes at its end do not count. */
function folderName(path: string): string {
  const whole = withoutSlashes(path);
  const at = whole.lastIndexOf("/");
  return at === -1 ? "." : withoutSlashes(whole.slice(0, at + 1));
}

/** Without the slashes at its end, but for the first of all. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === "/") end--;
  return path.slice(0, end);
}
