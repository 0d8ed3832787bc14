import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { programs, run } from "../programs.ts";

for (const program of programs) {
  Deno.test(`${program.name}: claims measures, counts its rounds and judges`, async () => {
    const { code, stdout } = await run(program, [
      "claims",
      "threads-parallel",
      "--rounds",
      "2",
      "--max-time",
      "60s",
      "--json",
    ]);
    assertEquals(code, 0);
    const { schema, command, machine, result } = JSON.parse(stdout);
    assertEquals([schema, command, result.claims.length, result.claims[0].id], [1, "claims", 1, "threads-parallel"]);
    assertEquals(result.claims[0].verdict, machine.usableCores > 1 ? "unclear" : "skipped"); // 2 rounds are too few
    if (machine.usableCores === 1) return;
    assertEquals([result.control.interval, result.claims[0].interval], [null, null]);
    const [{ work, modes, contention, rounds }] = result.works;
    assertEquals([typeof result.control.ratio, typeof contention.foreignCores, rounds], ["number", "number", 2]);
    assertEquals([work, modes.map((mode: { samples: unknown[] }) => mode.samples.length)], ["cpu", [2, 2, 2]]);
  });

  Deno.test(`${program.name}: claims says what it measured, and nothing on stderr in a pipe`, async () => {
    const { code, stdout, stderr } = await run(program, ["--rounds=1", "claims", "tasks-no-parallelism"], {
      env: { COLUMNS: "100" },
    });
    assertEquals([code, stderr], [0, ""]);
    assertStringIncludes(stdout, "1 claim · shuffled rounds · seed 42\n");
    assertMatch(stdout, /≈ unclear +tasks give no parallelism +[\d.]+ m?s +– +[\d.]+×\n/);
    assertStringIncludes(stdout, "1 round is too few: 6 are needed (--rounds, --max-time)");
    assertStringIncludes(stdout, "\nNo advice: no claim that recommends a mode holds here.\n");
  });

  Deno.test(`${program.name}: an unknown claim is named with the known ones`, async () => {
    const { code, stdout, stderr } = await run(program, ["claims", "nosuch"]);
    assertEquals([code, stdout], [2, ""]);
    assertStringIncludes(stderr, 'unknown claim "nosuch"');
    assertEquals(stderr.trim().split("\n").length, 1);
  });
}
