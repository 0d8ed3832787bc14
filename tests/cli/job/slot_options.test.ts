import { assertEquals, assertThrows } from "@std/assert";
import { isForeign, isolation, jobNeeds, percent, program, slotOptions } from "../../../lib/cli/job/slot_options.ts";
import type { Option } from "../../../lib/cli/table/option.ts";
import { UsageError } from "../../../lib/errors.ts";
import { nothing } from "./no_grants.ts";

const plain = {
  isolate: "auto",
  timeout: undefined,
  memory: undefined,
  deno: undefined,
  runtime: "deno",
  allowRun: false,
  allowAll: false,
} as const;

Deno.test("isolation: auto takes threads, and processes where a flag needs them or a limit is better kept there", () => {
  assertEquals(isolation(plain), "worker");
  assertEquals(isolation({ ...plain, timeout: 1_000 }), "process");
  for (
    const needs of [
      { memory: 1 },
      { deno: "" },
      { runtime: "node" as const },
      { allowRun: true },
      { allowRun: ["ls"] },
      {
        allowAll: true,
      },
    ]
  ) {
    assertEquals(isolation({ ...plain, ...needs }), "process", JSON.stringify(needs));
  }
});

Deno.test("--runtime: a name, or a name and a path, which are written as they were read", () => {
  for (const text of ["deno", "node", "bun", "node=/a b/node", "bun=./bun=1"]) {
    const value = slotOptions.runtime.read([text]);
    if ("refused" in Object(value)) throw new Error(text);
    assertEquals(slotOptions.runtime.write?.(value as "node"), [text]);
  }
  assertEquals(slotOptions.runtime.read(["node=/b"]), { name: "node", program: "/b" });
});

Deno.test("another program than ours loads the job with --deno, and with --runtime of another runtime", () => {
  assertEquals(isForeign(plain), false);
  assertEquals(isForeign({ ...plain, deno: "" }), true);
  for (const runtime of ["node", "bun", { name: "node", program: "/b" }] as const) {
    assertEquals(isForeign({ ...plain, runtime }), true);
  }
});

Deno.test("isolation: threads are refused to what needs processes; a time limit may have them", () => {
  const worker = { ...plain, isolate: "worker" } as const;
  assertEquals(isolation({ ...worker, timeout: 1_000 }), "worker");
  for (
    const [flag, needs] of [
      ["--memory", { memory: 1 }],
      ["--deno", { deno: "" }],
      ["--allow-run", { allowRun: ["ls"] }],
      ["--allow-all", { allowAll: true }],
    ] as const
  ) {
    assertThrows(
      () => isolation({ ...worker, ...needs }),
      UsageError,
      `${flag} needs processes; leave out --isolate=worker`,
    );
  }
});

Deno.test("isolation: processes where they are asked for", () => {
  assertEquals(isolation({ ...plain, isolate: "process" }), "process");
});

Deno.test("jobNeeds: what the program keeps: for processes, for what is granted, and for a built-in job", () => {
  const values = { ...plain, ...nothing };
  assertEquals(jobNeeds(values, "job.js"), ["env", "read"]);
  assertEquals(jobNeeds({ ...values, allowSys: true }, "@http"), ["env", "read", "sys", "net"]);
  assertEquals(jobNeeds({ ...values, memory: 1 }, "job.js"), ["env", "net", "run", "write", "read"]);
});

Deno.test("program: the last one counts; alone it is the one on the PATH", () => {
  const { fallback, read } = program("run it under", "PATH");
  assertEquals([fallback, read([""]), read(["/a", "/b"])], [undefined, "", "/b"]);
});

Deno.test("a resumed run needs no flag of its limits and isolation again: no result depends on them", () => {
  for (const [name, option] of Object.entries(slotOptions)) assertEquals("decides" in option, false, name);
});

Deno.test("what bounds a job protects the user: a project's file cannot take back what the user's own file says", () => {
  const protecting = Object.entries<Option<unknown>>(slotOptions).flatMap(([name, { protects }]) =>
    protects ? [name] : []
  );
  assertEquals(protecting, ["timeout", "memory", "isolate"]);
});

Deno.test("percent: a whole number of percent with its sign, from 1 to 1000", () => {
  const option = percent("80%", "a share");
  assertEquals(["80%", "1%", "1000%"].map((text) => option.read([text])), [80, 1, 1000]);
  assertEquals(option.write(12), ["12%"]);
  const refused = { refused: "expected a whole number of percent, from 1% to 1000%, like 80%" };
  for (const text of ["80", "0.8", "12.5%", "0%", "1001%", "-5%", "many%", "%", ""]) {
    assertEquals(option.read([text]), refused, text);
  }
});

Deno.test("runtime: deno, or node or bun with a path or without; a Deno of one's own has another flag", () => {
  const { read } = slotOptions.runtime;
  for (const text of ["deno", "node", "bun"] as const) assertEquals(read([text]), text);
  assertEquals(read(["node=/opt/a=b"]), { name: "node", program: "/opt/a=b" });
  const refused = "expected deno, node or bun, or a path after the last two: node=/usr/bin/node";
  for (const text of ["", "Node", "node=", "python", "nodejs"]) assertEquals<unknown>(read([text]), { refused });
  assertEquals<unknown>(read(["deno=/opt/deno"]), {
    refused: "a Deno of your own is named by --deno: --deno=PATH",
  });
});
