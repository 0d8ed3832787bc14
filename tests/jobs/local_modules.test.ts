import { assertEquals } from "@std/assert";
import { localImports } from "../../lib/jobs/local_modules.ts";

Deno.test("localImports: relative paths of static imports, of export from, and of import() with a literal", () => {
  const source = `
    import a, { b } from "./a.ts";
    import "../side_effect.js";
    export * from './c.mjs';
    import data from "./data.json" with { type: "json" };
    const d = await import("./d.ts?x=1");
    import npm from "npm:chalk"; import mapped from "chalk"; import fs from "node:fs";
    const computed = await import(\`./\${d}.ts\`);
    import{e}from"./e.ts";import f from"./f.ts";`;
  assertEquals(
    localImports(source),
    ["./a.ts", "../side_effect.js", "./c.mjs", "./data.json", "./d.ts", "./e.ts", "./f.ts"],
  );
});
