import { assertEquals } from "@std/assert";
import { checkInput } from "../../../lib/cli/job/check_input.ts";
import { UsageError } from "../../../lib/errors.ts";

const inputs = ["json", "lines", "csv", "tsv", "array"] as const;

/** What is said of these flags beside each input that does not take them. */
function refusals(flags: { readonly null: boolean; readonly header?: string }): Readonly<Record<string, string>> {
  return Object.fromEntries(inputs.flatMap((input) => {
    try {
      checkInput({ input, ...flags });
      return [];
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return [[input, error.message]];
    }
  }));
}

Deno.test("input: --null is for lines", () => {
  assertEquals(refusals({ null: false }), {});
  const says = (input: string) => `--null is for lines; leave it out, or leave out --input ${input}`;
  assertEquals(refusals({ null: true }), { csv: says("csv"), tsv: says("tsv"), array: says("array") });
});

Deno.test("input: --header is for rows, also an empty one", () => {
  const says = "--header names the columns of rows; give --input csv or --input tsv too";
  for (const header of ["a,b", ""]) {
    assertEquals(refusals({ null: false, header }), { json: says, lines: says, array: says });
  }
});
