import { assertEquals } from "@std/assert";
import { TandemError } from "../../../lib/errors.ts";
import { numbers } from "../inline_job.ts";
import { abilities, type AbilityName, isAble } from "./abilities.ts";
import type { Stage } from "./stage.ts";

/** The runtime can what the table of abilities says that it can, and cannot what the table says that it cannot. */
export function testAbilities(stage: Stage): void {
  for (const name of Object.keys(abilities) as AbilityName[]) {
    const able = isAble(stage.runtime, name);
    stage.test(`table of abilities: ${name}: ${able ? "yes" : "no"}`, async () => {
      assertEquals(await found(stage, name), able);
    });
  }
}

async function found(stage: Stage, name: AbilityName): Promise<boolean> {
  const { job, items = 1 }: { readonly job: string; readonly items?: number } = abilities[name].probe;
  try {
    const outcomes = await stage.outcomes(job, numbers(items), { threads: 1 });
    return outcomes.every((outcome) =>
      outcome.kind === "error" ? outcome.error.name === "Attributed" : "value" in outcome && outcome.value === true
    );
  } catch (error) {
    if (error instanceof TandemError) return false; // no thread could run it
    throw error;
  }
}
