import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type IJob, Job } from "kubernetes-models/batch/v1/Job";
import { parse } from "npmstd/yaml/mod.js";
import { inFolder } from "../in_folder.ts";
import { testEach } from "../programs.ts";
import { input, job, onDisk, oneMachine, printed } from "./machine.ts";

/** The manifest that is printed. Its fields are those of the schema: see the tests. */
async function manifest(...args: readonly string[]): Promise<IJob> {
  return parse(await printed("kubernetes", ...args)) as IJob;
}

const container = ({ spec }: IJob) => spec!.template.spec!.containers[0];

/** What Kubernetes makes of a word: k8s.io/kubernetes/third_party/forked/golang/expansion/expand.go */
function expanded(word: string, env: Readonly<Record<string, string>>): string {
  return word.replace(/\$(?:\$|\(([^)]*)\)|.)/gs, (found, name) => {
    if (found === "$$") return "$";
    return name === undefined ? found : env[name] ?? found;
  });
}

const manifests: readonly (readonly string[])[] = [
  [job, input, "--shards=3"],
  [job, input, "--shards=3", "--gather"],
  [
    "job.ts",
    "items",
    "--shards=8",
    "--at-once=2",
    "--image=reg/tandem:1",
    "--claim=c",
    "--mount=/m",
    "--",
    "-j2",
    "--memory=1GiB",
  ],
];

for (const args of manifests) {
  Deno.test(`engine kubernetes: the schema of batch/v1 holds: ${args.slice(2).join(" ")}`, async () => {
    new Job(await manifest(...args)).validate();
  });
}

Deno.test("engine kubernetes: it has no field that batch/v1 does not know", async () => {
  const literals = await Promise.all(manifests.map(async (args) => JSON.stringify(await manifest(...args))));
  const check = async (texts: readonly string[]) => {
    const declared = texts.map((text, i) => `export const job${i}: IJob = ${text};\n`).join("");
    return await inFolder(
      { "jobs.ts": `import type { IJob } from "kubernetes-models/batch/v1/Job";\n${declared}` },
      async (folder) => {
        const args = ["check", "--frozen", "--cached-only", "--quiet", "--config=deno.json", `${folder}/jobs.ts`];
        const { code, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
        return { code, stderr: new TextDecoder().decode(stderr) };
      },
    );
  };
  assertEquals(await check(literals), { code: 0, stderr: "" });
  const { code, stderr } = await check([literals[0].replace("backoffLimitPerIndex", "backofLimitPerIndex")]);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "backofLimitPerIndex");
});

Deno.test("engine kubernetes: what flags decide", async () => {
  const plain = await manifest("job.ts", "items", "--shards=3");
  const { spec } = plain;
  assertEquals([spec!.completions, spec!.parallelism, spec!.completionMode], [3, 3, "Indexed"]);
  assertEquals(container(plain).resources, { requests: { cpu: "1" }, limits: { cpu: "1" } });
  const odd = container(await manifest("job.ts", "items", "--shards=3", "--", "--memory=1000B"));
  assertEquals(odd.resources!.limits, { cpu: "1", memory: "513Mi" }); // rounded up
  assertEquals(container(await manifest(...manifests[1])).resources!.limits, { cpu: "1" });
  const wide = await manifest(...manifests[2]);
  const { image, resources, workingDir, volumeMounts } = container(wide);
  const amounts = { cpu: "2", memory: "2560Mi" };
  assertEquals(
    { image, resources, workingDir, mount: volumeMounts![0].mountPath, parallelism: wide.spec!.parallelism },
    {
      image: "reg/tandem:1",
      resources: { requests: amounts, limits: amounts },
      workingDir: "/m",
      mount: "/m",
      parallelism: 2,
    },
  );
  assertEquals(wide.spec!.template.spec!.volumes![0].persistentVolumeClaim, { claimName: "c" });
});

Deno.test("engine kubernetes: how to build an image, where none is named", async () => {
  const said = async (...flags: readonly string[]) =>
    (await printed("kubernetes", "job.ts", "items", "--shards=2", ...flags)).includes(
      "#   COPY tandem /usr/local/bin/",
    );
  assertEquals([await said(), await said("--image=mine")], [true, false]);
});

Deno.test("engine kubernetes: a pod may do nothing but write its volumes", async () => {
  for (const args of manifests) {
    const made = await manifest(...args);
    const { spec } = made.spec!.template;
    assertEquals(spec!.securityContext!.runAsNonRoot, true);
    assertEquals(spec!.automountServiceAccountToken, false);
    const { allowPrivilegeEscalation, readOnlyRootFilesystem, capabilities } = container(made).securityContext!;
    assertEquals([allowPrivilegeEscalation, readOnlyRootFilesystem, capabilities], [false, true, { drop: ["ALL"] }]);
  }
});

Deno.test("engine kubernetes: words are what they were, in YAML and after Kubernetes has expanded them", async () => {
  const words = [
    "$(HOME)",
    "$$(HOME)",
    "$$$",
    "$",
    "a\u0085\u2028\u007f\ufeffb",
    "😀é\t\n",
    " - x: {}",
    "'\"\\",
    "#no",
  ];
  const made = await manifest("job.ts", ...words, "--shards=2");
  assertEquals(container(made).command!.map((word) => expanded(word, { HOME: "/root" })).slice(-words.length), words);
});

testEach("engine kubernetes: the pods and what gathers write what one machine does", async (program) => {
  await onDisk(program, {}, async ({ folder, start, read }) => {
    const pod = async (made: IJob, env: Readonly<Record<string, string>>) => {
      const { command, workingDir } = container(made);
      assertEquals(workingDir, "/data"); // which is this folder
      return await start(command!.map((word) => expanded(word, env)), env).ended();
    };
    const indexed = await manifest(...manifests[0]);
    const codes: number[] = [];
    for (const index of [0, 1, 2]) codes.push((await pod(indexed, { JOB_COMPLETION_INDEX: `${index}` })).code);
    assertEquals(codes, [1, 0, 0]); // 3 fails, in the first shard
    const { code, stderr } = await pod(await manifest(...manifests[1]), {});
    assertEquals(code, 0, stderr);
    assertEquals(read("tandem.out"), await oneMachine(folder));
    assert(![...Deno.readDirSync(folder)].some(({ name }) => name === "pwned"));
  });
});
