import { assertEquals } from "@std/assert";
import { bold, cyan, dim, green, magenta, red, yellow } from "../../lib/report/colors.ts";

Deno.test("colors: each is turned on and off by its codes of ECMA-48: off alone, so that others go on", () => {
  const texts = [bold, dim, red, green, yellow, magenta, cyan].map((paint) => paint("text"));
  const codes = [[1, 22], [2, 22], [31, 39], [32, 39], [33, 39], [35, 39], [36, 39]];
  assertEquals(texts, codes.map(([on, off]) => `\x1b[${on}mtext\x1b[${off}m`));
});
