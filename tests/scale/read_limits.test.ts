import { assertEquals } from "@std/assert";
import { parseGroups, parseProcessLimits } from "../../lib/scale/read_limits.ts";

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

Deno.test("control groups: paths by controller, that of version 2 by no name", () => {
  const groups = parseGroups("8:pids:/\n4:cpu,memory:/a/b\n0::/user.slice/x:y\n");
  assertEquals([...groups], [["pids", "/"], ["cpu", "/a/b"], ["memory", "/a/b"], ["", "/user.slice/x:y"]]);
});
