/**
 * Runs that are killed by SIGKILL at random moments and resumed, some of them several times, against the same run
 * undisturbed: the output must be the same, byte for byte, and without order line for line. Arguments: rounds, seed.
 */
import { seededRandom } from "../../lib/stats/random.ts";
import { goOnFlags, numberedLines, runKilled, runOverFiles } from "../cli/run/killed_run.ts";
import { programs } from "../cli/programs.ts";

const [rounds, seed] = [Number(Deno.args[0] ?? 50), Number(Deno.args[1] ?? Date.now() % 2 ** 31)];
const random = seededRandom(seed);
const jobs = `${import.meta.dirname}/../fixtures/jobs`;
const [program] = programs;
const input = numberedLines(6_000);
let [wrong, allKills, survived] = [0, 0, 0];
const expected = new Map<string, string>();

console.log(`seed ${seed}`);
for (let round = 0; round < rounds; round++) {
  const pick = <T>(...choices: T[]): T => choices[Math.floor(random() * choices.length)];
  const ordered = random() < 0.5;
  const fixed = [
    pick(`${jobs}/slow_or_failing.js`, `${jobs}/some_values.js`),
    ...pick([], ["--errors=inline"]),
    ...pick([], ["--tag"]),
    ...pick([], ["--shard=1/2"], ["--limit=4000"]),
    ...(ordered ? [] : ["--unordered"]),
  ];
  const isolate = pick([], ["--isolate=process"]);
  const args = [...fixed, ...isolate, "-j2", `--tasks=${pick(1, 4, 20)}`, "-q"];
  const folder = await Deno.makeTempDir({ prefix: "journal_kills" });
  await Deno.writeTextFile(`${folder}/input`, input);
  const key = fixed.join(" ");
  if (!expected.has(key)) {
    await runOverFiles({ program, args: [...fixed, "-j2", "--tasks=20", "-q"], folder }, []);
    expected.set(key, await outputOf(folder, ordered));
    await Deno.remove(`${folder}/output`);
  }
  const times = Array.from({ length: pick(1, 1, 2, 4) }, () => 150 + random() * random() * 3_000);
  const flag = pick(...goOnFlags);
  const { code, stderr, kills } = await runKilled({ program, args, folder }, flag, times);
  const output = await outputOf(folder, ordered);
  allKills += kills;
  if (code === 1 && output === expected.get(key)) {
    survived++;
    await Deno.remove(folder, { recursive: true });
    continue;
  }
  wrong++;
  await Deno.writeTextFile(`${folder}/expected`, expected.get(key) ?? "");
  console.log(
    `round ${round}: WRONG: ${args.join(" ")} ${flag}, killed after ${
      times.map(Math.round)
    } ms, code ${code}: ${folder}`,
  );
  console.log(stderr.slice(-300));
}
console.log(`${rounds} runs, ${allKills} kills: ${survived} the same as undisturbed, ${wrong} not`);
Deno.exit(wrong > 0 ? 1 : 0);

async function outputOf(folder: string, ordered: boolean): Promise<string> {
  const text = await Deno.readTextFile(`${folder}/output`);
  return ordered ? text : text.split("\n").toSorted().join("\n");
}
