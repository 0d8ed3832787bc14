import { assertEquals } from "@std/assert";
import { groupLimit, groupLimits, parseGroups, type ReadText } from "../lib/control_group.ts";

/** A system with these files. */
function filesOf(files: Readonly<Record<string, string>>): ReadText {
  return (path) => files[path];
}

Deno.test("control groups: paths by controller, that of version 2 by no name", () => {
  const groups = parseGroups("8:pids:/\n4:cpu,memory:/a/b\n0::/user.slice/x:y\n");
  assertEquals([...groups], [["pids", "/"], ["cpu", "/a/b"], ["memory", "/a/b"], ["", "/user.slice/x:y"]]);
});

Deno.test("control groups: a limit of version 2, at the root as a container sees it; cached files are free", () => {
  const read = filesOf({
    "/proc/self/cgroup": "0::/\n",
    "/sys/fs/cgroup/memory.max": "419430400\n",
    "/sys/fs/cgroup/memory.current": "104857600\n",
    "/sys/fs/cgroup/memory.stat": "anon 1\ninactive_file 4857600\nactive_file 7\n",
    "/sys/fs/cgroup/pids.max": "max\n",
    "/sys/fs/cgroup/pids.current": "3\n",
  });
  assertEquals(groupLimit("memory", read), { value: 419_430_400, used: 100_000_000 });
  assertEquals(groupLimit("pids", read), undefined);
});

Deno.test("control groups: a limit of version 1, whose path is that of the host while the group is mounted as the root", () => {
  const read = filesOf({
    "/proc/self/cgroup": "4:memory:/docker/abc\n3:pids:/docker/abc\n",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes": "419430400\n",
    "/sys/fs/cgroup/memory/memory.usage_in_bytes": "1000\n",
    "/sys/fs/cgroup/memory/memory.stat": "inactive_file 1\ntotal_inactive_file 400\n",
    "/sys/fs/cgroup/pids/pids.max": "100\n",
    "/sys/fs/cgroup/pids/pids.current": "7\n",
  });
  assertEquals(groupLimit("memory", read), { value: 419_430_400, used: 600 });
  assertEquals(groupLimit("pids", read), { value: 100, used: 7 });
});

Deno.test("control groups: of all groups that it is in, the one with the least left bounds a program", () => {
  const read = filesOf({
    "/proc/self/cgroup": "0::/outer/inner\n",
    "/sys/fs/cgroup/outer/inner/memory.max": "1000\n",
    "/sys/fs/cgroup/outer/inner/memory.current": "100\n",
    "/sys/fs/cgroup/outer/memory.max": "2000\n",
    "/sys/fs/cgroup/outer/memory.current": "1900\n",
  });
  assertEquals(groupLimit("memory", read), { value: 2_000, used: 1_900 });
});

Deno.test("control groups: no limit of version 1, or no groups at all, say nothing", () => {
  const read = filesOf({
    "/proc/self/cgroup": "4:memory:/\n",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
    "/sys/fs/cgroup/memory/memory.usage_in_bytes": "1000\n",
  });
  assertEquals(groupLimit("memory", read), undefined);
  assertEquals(groupLimit("memory", filesOf({})), undefined);
});

/** The cores and the quota of a program that may run on these processors of 16, in groups with these files. */
function coresIn(files: Readonly<Record<string, string>>, processors = "0-7") {
  const status = `Name:\tdeno\nCpus_allowed:\tff\nCpus_allowed_list:\t${processors}\nMems_allowed_list:\t0\n`;
  const { cores, cpuQuota } = groupLimits(16, filesOf({ "/proc/self/status": status, ...files }));
  return [cores, cpuQuota];
}

const inner = { "/proc/self/cgroup": "0::/outer/inner\n" };

Deno.test("control groups: a quota of version 2, rounded up to whole cores, of the tightest group", () => {
  const quota = (text: string) => coresIn({ ...inner, "/sys/fs/cgroup/outer/inner/cpu.max": text });
  assertEquals(quota("150000 100000\n"), [2, 1.5]);
  assertEquals(quota("200000 100000\n"), [2, 2]);
  assertEquals(quota("5000 100000\n"), [1, 0.05]);
  assertEquals(quota("max 100000\n"), [16, undefined]);
  assertEquals(
    coresIn({
      ...inner,
      "/sys/fs/cgroup/outer/inner/cpu.max": "400000 100000\n",
      "/sys/fs/cgroup/outer/cpu.max": "150000 50000\n",
      "/sys/fs/cgroup/cpu.max": "max 100000\n",
    }),
    [3, 3],
  );
});

Deno.test("control groups: a quota of version 1, whose path is that of the host while the group is mounted as the root", () => {
  const quota = (us: string) =>
    coresIn({
      "/proc/self/cgroup": "5:cpu,cpuacct:/docker/abc\n4:memory:/docker/abc\n",
      "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": us,
      "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
    });
  assertEquals(quota("250000\n"), [3, 2.5]);
  assertEquals(quota("-1\n"), [16, undefined]);
});

Deno.test("control groups: a quota gives no more cores than affinity and cpuset leave", () => {
  const wide = { ...inner, "/sys/fs/cgroup/outer/cpu.max": "600000 100000\n" };
  assertEquals(coresIn(wide, "0-1,4"), [3, 6]);
  assertEquals(coresIn(wide, "3"), [1, 6]);
  assertEquals(coresIn({ ...wide, "/proc/self/status": "" }), [6, 6]);
});

Deno.test("control groups: without a quota, the cores are those that Deno counts", () => {
  assertEquals(coresIn({}, "0-1"), [16, undefined]);
  assertEquals(groupLimits(3, filesOf({})), { memory: undefined, cpuQuota: undefined, cores: 3 });
});
