import { assert, assertEquals } from "@std/assert";
import { busyServer } from "../../loopback.ts";
import { run, testEach } from "../programs.ts";

const job = `${import.meta.dirname}/../../fixtures/jobs/fetch_status.js`;

for (const isolate of ["worker", "process"]) {
  testEach(
    `run: auto gives way to a server that answers 429 above 20 requests at once, in a ${isolate}`,
    async (program) => {
      const server = busyServer(20, 20);
      try {
        const input = `"${server.url}"\n`.repeat(2_000);
        const flags = ["--allow-net=127.0.0.1", `--isolate=${isolate}`];
        const { code, stderr } = await run(program, ["run", job, ...flags], { input });
        const { served, rejected, most } = server.seen;
        assertEquals(served + rejected, 2_000);
        assertEquals([code, most], [rejected === 0 ? 0 : 1, 20], stderr);
        assert(rejected < 900, `${rejected} of 2,000 rejected`); // without giving way 1,800; on an idle machine about 60
      } finally {
        await server.stop();
      }
    },
  );
}
