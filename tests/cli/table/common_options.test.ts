import { assertEquals } from "@std/assert";
import {
  exportKinds,
  exportOptions,
  exportsIn,
  failOn,
  formatNamed,
  formatsOf,
  formatWords,
  margin,
} from "../../../lib/cli/table/common_options.ts";
import { loadCommands } from "../../../lib/cli/commands.ts";

const commands = await loadCommands();

Deno.test("exports: a command has a flag for each format of its documents, and no other", () => {
  for (const name of ["claims", "compare", "run", "streams", "scale"] as const) {
    const { options = {} } = commands.find((command) => command.name === name) ?? {};
    const flags = Object.keys(options).filter((key) => key.startsWith("export"));
    assertEquals(flags, formatsOf(name).map((format) => `export${format[0].toUpperCase()}${format.slice(1)}`), name);
  }
  assertEquals([formatsOf("jobs"), formatsOf("streams").includes("hyperfine")], [["json"], false]);
});

Deno.test("exports: words name formats", () => {
  assertEquals(formatWords.slice(0, 3), ["text", "json", "ndjson"]);
  assertEquals(["text", "csv", "benchmark-bigger"].map(formatNamed), ["text", "csv", "benchmarkBigger"]);
});

Deno.test("exports: what flags name, in the order of the formats; without any, nothing is needed", () => {
  assertEquals([exportsIn({}), exportKinds({ exportCsv: [] })], [[], []]);
  assertEquals(exportsIn({ exportBenchmarkBigger: ["b"], exportJson: ["a", "-"] }), [
    { format: "json", path: "a", name: "--export-json a" },
    { format: "json", path: "-", name: "--export-json -" },
    { format: "benchmarkBigger", path: "b", name: "--export-benchmark-bigger b" },
  ]);
  assertEquals(exportKinds({ exportCsv: ["f"] }), ["read", "write", "sys"]);
});

Deno.test("exports: several commands together have the flags of all, whose help says which have it if not all do", () => {
  assertEquals(
    Object.values(exportOptions("run", "streams", "claims")).map(({ help }) => /\(.*\)$/.exec(help)?.[0] ?? ""),
    ["", "(streams, claims)", "", "", "", "(claims)", "(claims)", "(claims)", "(claims)"],
  );
  assertEquals(Object.keys(exportOptions("run", "streams")), [
    "exportJson",
    "exportNdjson",
    "exportCsv",
    "exportMarkdown",
    "exportHtml",
  ]);
});

Deno.test("--margin: a percentage up to 100 %, as a share", () => {
  const refused = { refused: "expected a percentage from 0.1% to 100%, like 5%" };
  assertEquals(["5%", "0.1%", "100%", "101%", "0%", "5", ""].map((text) => margin.read([text])), [
    0.05,
    0.001,
    1,
    refused,
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
