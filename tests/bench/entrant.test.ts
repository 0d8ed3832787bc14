import { assertEquals } from "@std/assert";
import { corners } from "../../lib/bench/corners.ts";
import { controlOf, entrantsOf } from "../../lib/bench/entrant.ts";
import { workOn } from "./fake_work.ts";
import { fakeMachine } from "./fake_machine.ts";

Deno.test("entrants: one for each cell, in their order, with ids of their own; the control is one of them with another id", () => {
  const cells = corners(2, 8);
  const rest = { work: workOn(fakeMachine({ computingMs: 1 })), itemsFor: () => ({}) as never };
  const entrants = entrantsOf("job.js", cells, rest);
  assertEquals(
    entrants.map(({ cell, work, itemsFor }) => ({ cell, work, itemsFor })),
    cells.map((cell) => ({ cell, ...rest })),
  );
  const control = controlOf(entrants[0]);
  assertEquals({ ...control, id: entrants[0].id }, entrants[0]);
  const others = entrantsOf("other.js", cells, rest);
  assertEquals(new Set([...entrants, ...others, control].map(({ id }) => id)).size, 9);
});
