/** A package by a computed name: it is in the lock file of this folder, and the project's knows nothing of it. */
export async function load(name) {
  return (await import(name)).default;
}

/** The text that a service answers with; anything but a good answer is an error. */
export async function ask(url) {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok) throw new Error(`status ${response.status}`);
  return text;
}

/** The lines of the file that is named first. */
export function urls() {
  return Deno.readTextFileSync(Deno.args[0]).trimEnd().split("\n").map((line) => JSON.parse(line));
}

/** Writes what came of each, in order. */
export function print(settled) {
  for (const { status, value, reason } of settled) {
    if (status === "fulfilled") console.log(JSON.stringify(value));
    else console.error(`${reason}`);
  }
}
