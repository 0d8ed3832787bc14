import { assertEquals, assertStringIncludes } from "@std/assert";
import { inFolder } from "../in_folder.ts";
import { call, failingCall } from "../in_process.ts";

Deno.test("gather --shards: {shard} in a name stands for all outputs, as run names them", async () => {
  const names = Array.from({ length: 11 }, (_, i) => `out-${String(i).padStart(2, "0")}`);
  const files = Object.fromEntries(names.map((name, i) => [name, `{"line":${i + 1},"value":${i}}\n`]));
  await inFolder({ ...files, "{shard}": '{"line":12,"value":11}\n' }, async (folder) => {
    const outputs = [`${folder}/out-{shard}`, "--shards=11", "--untag", "-q"];
    const values = names.map((_, i) => `${i}\n`).join("");
    assertEquals((await call(["gather", ...outputs, "--lines=11"])).stdout, values);
    assertEquals((await call(["gather", ...outputs, `${folder}/{{shard}}`, "--lines=12"])).stdout, `${values}11\n`);
    const missing = await failingCall(["gather", `${folder}/out-{shard}`, "--shards=12"]);
    assertEquals(missing.code, 2);
    assertStringIncludes(missing.stderr, "out-11");
  });
});

Deno.test("gather: {shard} in a name needs a number of shards", async () => {
  const { code, stderr } = await failingCall(["gather", "out-{shard}"]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "out-{shard}: {shard} is the number of a shard; add the number of shards: --shards N");
});
