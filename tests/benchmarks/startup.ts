/** Start-up of `tandem --version` against an empty program, in paired runs of shuffled order: the ratio of medians. */
import { median } from "../../lib/stats/quantiles.ts";
import { seededRandom, shuffled } from "../../lib/stats/random.ts";

const pairs = 25;
const deno = Deno.execPath();
const flags = ["run", "--frozen", "--cached-only", "--no-prompt"];
const empty = await Deno.makeTempFile({ suffix: ".ts" });
const programs: Record<string, readonly string[]> = {
  "empty program": [deno, "run", "--no-prompt", empty],
  "tandem --version": [deno, ...flags, "main.ts", "--version"],
};
if (await Deno.stat("dist/tandem").catch(() => undefined)) {
  programs["dist/tandem --version"] = ["dist/tandem", "--version"];
} else console.error("no dist/tandem: `deno task compile` makes it; the executable is not measured");

const times = Object.fromEntries(Object.keys(programs).map((name) => [name, [] as number[]]));
const random = seededRandom(1);
for (let pair = -1; pair < pairs; pair++) { // the first one warms up
  for (const name of shuffled(Object.keys(programs), random)) {
    const [file, ...args] = programs[name];
    const start = performance.now();
    await new Deno.Command(file, { args, stdout: "null", stderr: "null" }).output();
    if (pair >= 0) times[name].push(performance.now() - start);
  }
}
await Deno.remove(empty);
for (const [name, samples] of Object.entries(times)) {
  const ratios = samples.map((ms, i) => ms / times["empty program"][i]);
  console.log(
    `${name.padEnd(22)} ${median(samples).toFixed(1).padStart(7)} ms  ${median(ratios).toFixed(2)}x the empty program`,
  );
}
