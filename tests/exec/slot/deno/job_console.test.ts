import { assertEquals } from "@std/assert";
import process from "node:process";
import { printToStderr } from "../../../../lib/exec/slot/deno/forbidden.ts";

/** What a job's code prints, by where it goes to. */
function printed(act: () => void): { toError: unknown[][]; toProcess: string } {
  const toError: unknown[][] = [];
  let toProcess = "";
  const kept = Object.getOwnPropertyDescriptors(console);
  const stdout = Object.getOwnPropertyDescriptor(Deno, "stdout")!;
  const write = process.stderr.write;
  console.error = (...args) => void toError.push(args);
  process.stderr.write = (chunk: string | Uint8Array) => {
    toProcess += typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk);
    return true;
  };
  try {
    printToStderr();
    act();
  } finally {
    process.stderr.write = write;
    Object.defineProperty(Deno, "stdout", stdout);
    Object.defineProperties(console, kept);
  }
  return { toError, toProcess };
}

Deno.test("job console: what a job prints goes to stderr, and nothing is cleared", () => {
  const { toError, toProcess } = printed(() => {
    console.log("log", 1);
    console.info("info");
    console.debug("debug");
    console.group("group");
    console.groupCollapsed("collapsed");
    console.clear();
  });
  assertEquals([toError, toProcess], [[["log", 1], ["info"], ["debug"], ["group"], ["collapsed"]], ""]);
});

Deno.test("job console: forms of its own too: tables, objects, counts, times", () => {
  const { toError, toProcess } = printed(() => {
    console.table([{ column: 1 }]);
    console.dir({ dir: 2 });
    console.dirxml({ dirxml: 3 });
    console.count("counted");
    console.count("counted");
    console.countReset("counted");
    console.count("counted");
    console.time("timed");
    console.timeLog("timed");
    console.timeEnd("timed");
  });
  assertEquals(toError, []);
  for (const part of ["column", "{ dir: 2 }", "dirxml: 3"]) assertEquals(toProcess.includes(part), true, part);
  assertEquals(toProcess.match(/counted: \d/g), ["counted: 1", "counted: 2", "counted: 1"]);
  assertEquals(toProcess.match(/timed: /g)?.length, 2);
});

Deno.test("job console: Deno.stdout is stderr, and a job may replace what prints", () => {
  printed(() => {
    assertEquals(Deno.stdout === Deno.stderr as never, true);
    const mine = () => {};
    console.table = mine;
    assertEquals(console.table === mine, true);
    Object.defineProperty(console, "dir", { value: mine });
    assertEquals(console.dir === mine, true);
  });
});
