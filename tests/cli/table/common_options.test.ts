import { assertEquals } from "@std/assert";
import { failOn, margin } from "../../../lib/cli/table/common_options.ts";

Deno.test("--margin: a percentage up to 100 %, as a share", () => {
  const refused = { refused: "expected a percentage from 0% to 100%, like 5%" };
  assertEquals(["5%", "0%", "100%", "101%", "5", ""].map((text) => margin.read([text])), [
    0.05,
    0,
    1,
    refused,
    refused,
    refused,
  ]);
  assertEquals([margin.read(["1%", "3%"]), margin.write(0.03)], [0.03, ["3%"]]);
});

Deno.test("--fail-on: verdicts of a command, and unclear", () => {
  const option = failOn(["regressed", "slower"]);
  assertEquals(option.read(["regressed,unclear", "slower"]), ["regressed", "unclear", "slower"]);
  assertEquals(option.read(["faster"]), { refused: "expected regressed, slower, unclear" });
  assertEquals([option.fallback, option.help], [[], "exit 1 if one is regressed or slower, 4 if one is unclear"]);
});
