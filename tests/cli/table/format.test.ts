import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { loadCommands } from "../../../lib/cli/commands.ts";
import type { Option } from "../../../lib/cli/table/option.ts";
import { formatArguments, parseCommand } from "../../../lib/cli/table/parse.ts";
import type { Shape } from "../../../lib/model/field.ts";

/** Words that a parser might take for something else, and any other. */
const words = fc.oneof(
  fc.constantFrom("-", "--", "-x", "--json", "-j", "--no-json", "a=b", " ", "a\nb", "0", "@primes", "-1"),
  fc.string({ minLength: 1 }),
);

/** Any value of a shape. */
function valuesOf(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.type) {
    case "boolean":
      return fc.boolean();
    case "string":
      return words;
    case "integer":
      return fc.integer({ min: shape.min, max: shape.max });
    case "number":
      return fc.oneof(
        fc.double({ min: shape.min, max: shape.max, noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: Math.ceil(shape.min), max: Math.floor(shape.max) }),
        ...shape.max < 500 * 3_600_000 ? [] : [fc.integer({ min: 1, max: 500 }).map((hours) => hours * 3_600_000)],
      ).map((value) => value + 0); // no -0
    case "choice":
      return fc.constantFrom(...shape.words);
    case "list":
      return fc.array(valuesOf(shape.of).filter((value) => typeof value !== "string" || !value.includes(",")), {
        minLength: 1,
      });
    case "either":
      return fc.oneof(...shape.shapes.map(valuesOf));
    case "object":
      if ("ms" in shape.fields) { // a rate
        const ms = fc.integer({ min: 1, max: 10_000_000 }).map((seconds) => 1_000 * seconds);
        return fc.record({ count: fc.integer({ min: 1, max: 2 ** 53 - 1 }), ms });
      }
      if (!("index" in shape.fields)) {
        return fc.record(
          Object.fromEntries(Object.entries(shape.fields).map(([key, of]) => [key, valuesOf(of.shape)])),
        );
      } // a shard
      return fc.integer({ min: 1, max: 2 ** 53 - 1 }).chain((count) =>
        fc.record({ index: fc.integer({ min: 0, max: count - 1 }), count: fc.constant(count) })
      );
    default:
      return shape satisfies never;
  }
}

/** What may be given of a flag: a value, or the default that `--no-FLAG` says. */
function givenOf({ shape, fallback }: Option<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 4, arbitrary: valuesOf(shape) }, fc.constant(fallback));
}

for (const command of await loadCommands()) {
  Deno.test(`formatArguments: parsing what it makes gives what was given: ${command.name}`, async () => {
    const { options, operands: { min, max } = { min: 0, max: 0 } } = command;
    const given = fc.record(
      Object.fromEntries(Object.entries(options).map(([key, option]) => [key, givenOf(option)])),
      { requiredKeys: [] },
    ).map(({ showConfig: _, ...others }) => others); // it needs no operands
    // Where -- is an operand, those before it cannot look like flags.
    const operand = command.operands?.keepsDashes ? words.filter((word) => !/^-./.test(word)) : words;
    const operands = fc.array(operand, { minLength: min, maxLength: Math.min(max, 4) });
    await fc.assert(
      fc.asyncProperty(given, operands, async (given, operands) => {
        const args = formatArguments(options, given, operands);
        assertEquals(await parseCommand(command, args), { given: { ...given }, operands: [...operands] });
      }),
      { numRuns: 300 },
    );
  });
}
