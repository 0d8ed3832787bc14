import { assertEquals } from "@std/assert";
import { openPool } from "../../../lib/exec/pool/pool.ts";
import { valueFormat } from "../../../lib/exec/run_job.ts";
import { encodeBytesItem, valueSource } from "../../../lib/exec/input/value_source.ts";
import { noPermissions, workerHost } from "../../../lib/exec/host/worker_host.ts";

const job = { kind: "module", url: "data:application/javascript,export default (item) => item" } as const;
const format = valueFormat("json", "json");
const encoder = new TextEncoder();

/**
 * Items that take no time are stolen back and forth, their blocks are reused at once, and slots may lose their core at any
 * point. A bug in which a slot looked at an item, and then started another item that had taken its place, hung one run in
 * every 10 to 800.
 */
Deno.test("blocks: no item is lost if blocks are reused while slots still hold old ranges", async () => {
  const items = Array.from({ length: 8_000 }, (_, i) => encoder.encode(String(i)));
  for (let pools = 0; pools < 40; pools++) {
    const pool = await openPool({ job, name: "job", threads: 2, tasks: 1, host: workerHost(noPermissions), format });
    for (let run = 0; run < 6; run++) {
      let text = "";
      for await (const deliveries of pool.run(valueSource(items, encodeBytesItem), { ordered: true })) {
        for (const { bytes } of deliveries) text += new TextDecoder().decode(bytes.slice());
      }
      assertEquals(text === `${items.map((_, i) => i).join("\n")}\n`, true, `run ${run} of pool ${pools}`);
    }
    await pool.close();
  }
});
