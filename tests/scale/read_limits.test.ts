import { assertEquals } from "@std/assert";
import { parseProcessLimits } from "../../lib/scale/read_limits.ts";

Deno.test("limits of a process: the soft one; none is unlimited", () => {
  const of = parseProcessLimits(
    `Limit                     Soft Limit           Hard Limit           Units     
Max processes             96365                96366                processes 
Max open files            1024                 20000                files     
Max address space         unlimited            unlimited            bytes     
`,
  );
  assertEquals([of("processes"), of("open files"), of("address space"), of("nosuch")], [
    96365,
    1024,
    undefined,
    undefined,
  ]);
});
