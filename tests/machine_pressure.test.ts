import { assert, assertEquals } from "@std/assert";
import { OpenFiles, openPressure, readPressure, type SystemNumbers } from "../lib/machine_pressure.ts";
import { inFolder } from "./cli/in_folder.ts";

const system = { loadAverage: () => 3, availableBytes: () => 1_000 };
const untold = { loadAverage: () => undefined, availableBytes: () => undefined };

/** The file of a resource that something waited for in so many percent of the time. */
const stalled = (percent: number) =>
  `some avg10=${
    percent.toFixed(2)
  } avg60=99.00 avg300=99.00 total=1\nfull avg10=77.00 avg60=0.00 avg300=0.00 total=0\n`;

function pressureOf(files: Readonly<Record<string, string>>, numbers: SystemNumbers = system) {
  return readPressure(2, (path) => files[path], numbers);
}

Deno.test("pressure: the share of time in which something waited for a core or for memory, whichever is larger", () => {
  const waiting = (cpu: number, memory: number) =>
    pressureOf({ "/proc/pressure/cpu": stalled(cpu), "/proc/pressure/memory": stalled(memory) }).load;
  assertEquals([waiting(37.5, 2), waiting(0, 50)], [0.375, 0.5]);
  assertEquals(pressureOf({ "/proc/pressure/cpu": stalled(25) }).load, 0.25);
});

Deno.test("pressure: that of our own control group counts, too", () => {
  const files = { "/proc/pressure/cpu": stalled(10), "/sys/fs/cgroup/a/b/cpu.pressure": stalled(60) };
  assertEquals(pressureOf({ "/proc/self/cgroup": "0::/a/b\n", ...files }).load, 0.6);
  assertEquals(pressureOf({ "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.pressure": stalled(20) }).load, 0.2);
});

Deno.test("pressure: without it, the load average for each core; without any, nothing", () => {
  assertEquals(pressureOf({}), { load: 1.5, freeBytes: 1_000 });
  assertEquals(pressureOf({}, untold), { load: undefined, freeBytes: undefined });
});

Deno.test("pressure: free memory is what the machine has, or less in a container", () => {
  const group = (max: number, current: number) => ({
    "/proc/self/cgroup": "0::/\n",
    "/sys/fs/cgroup/memory.max": `${max}\n`,
    "/sys/fs/cgroup/memory.current": `${current}\n`,
  });
  const free = (max: number, current: number) => pressureOf(group(max, current)).freeBytes;
  assertEquals([free(900, 500), free(9_000, 500), free(900, 901)], [400, 1_000, 0]);
  assertEquals(pressureOf(group(900, 500), untold).freeBytes, 400);
});

Deno.test("open files: are read anew each time, without being opened again; one that was not there stays away", async () => {
  await inFolder({ a: "first" }, (folder) => {
    using files = new OpenFiles();
    assertEquals([files.read(`${folder}/a`), files.read(`${folder}/b`)], ["first", undefined]);
    Deno.writeTextFileSync(`${folder}/a`, "x".repeat(40_000));
    Deno.writeTextFileSync(`${folder}/b`, "late");
    assertEquals([files.read(`${folder}/a`)?.length, files.read(`${folder}/b`)], [40_000, undefined]);
    Deno.removeSync(`${folder}/a`);
    assertEquals(files.read(`${folder}/a`)?.length, 40_000);
    return Promise.resolve();
  });
});

Deno.test({
  name: "open files: can be read after permissions are given up",
  ignore: Deno.build.os !== "linux", // no other system has such files
  async fn() {
    const fixture = new URL("fixtures/open_files.ts", import.meta.url).pathname;
    const flags = ["run", "--quiet", "--no-check", "--frozen", "--cached-only", "--no-prompt", "--allow-all"];
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args: [...flags, fixture, "/proc/version"] })
      .output();
    const decoder = new TextDecoder();
    const [before, after] = JSON.parse(decoder.decode(stdout) || "[]");
    assert(before?.startsWith("Linux version"), decoder.decode(stderr));
    assertEquals(after, before);
  },
});

Deno.test("openPressure: the machine's own", () => {
  using pressure = openPressure();
  const { load, freeBytes } = pressure.read(2);
  assert(load !== undefined && load >= 0, `${load}`);
  assert(freeBytes !== undefined && freeBytes > 0, `${freeBytes}`);
});
