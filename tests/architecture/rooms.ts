import type { Edge } from "./import_graph.ts";

/** A room: files that may import one another, and what else they may import. */
interface Room {
  /** Paths of files, and of folders with a slash at the end. */
  readonly files: readonly string[];
  /** Names of rooms. */
  readonly uses: readonly string[];
}

const base = ["std", "base"];
const engine = ["exec/schedule", "exec/wire"];
const exec = ["exec", ...engine, "exec/input", "exec/host", "exec/tuning", "exec/pace", "exec/pool"];
const measuring = [...base, "streams", "jobs", ...exec, "stats"];
const command = [
  ...measuring,
  "report",
  "bench",
  "journal",
  "scale",
  "claims",
  "diff",
  "gather",
  "cli/table",
  "cli/terminal",
  "cli/job",
];

/** The design in one table: lib/README.md tells it in words. */
export const rooms: Readonly<Record<string, Room>> = {
  std: { files: ["lib/std/"], uses: [] },
  base: {
    files: [
      "lib/model/",
      "lib/errors.ts",
      "lib/natives.ts",
      "lib/clock.ts",
      "lib/control_group.ts",
      "lib/machine_pressure.ts",
      "lib/digest.ts",
      "lib/tool.ts",
      "lib/entry_points.ts",
      "lib/paths.ts",
      "lib/plain_items.ts",
      "lib/own_program.ts",
      "lib/program_arguments.ts",
    ],
    uses: ["std", "stats"],
  },
  streams: { files: ["lib/streams/"], uses: base },
  jobs: { files: ["lib/jobs/"], uses: base },
  stats: { files: ["lib/stats/"], uses: [] },
  "report/html": { files: ["lib/report/html/"], uses: [...base, "stats", "report"] },
  report: { files: ["lib/report/"], uses: [...base, "report/html"] },
  "exec/schedule": { files: ["lib/exec/schedule/"], uses: base },
  "exec/wire": { files: ["lib/exec/wire/"], uses: [...base, "exec/schedule"] },
  "exec/input": { files: ["lib/exec/input/"], uses: [...base, ...engine] },
  "exec/host": { files: ["lib/exec/host/"], uses: [...base, ...engine] },
  "exec/tuning": { files: ["lib/exec/tuning/"], uses: [...base, ...engine, "stats"] },
  "exec/pace": { files: ["lib/exec/pace/"], uses: [...base, ...engine] },
  "exec/pool": {
    files: ["lib/exec/pool/"],
    uses: [...base, ...engine, "exec/input", "exec/host", "exec/tuning", "exec/pace"],
  },
  "exec/slot": { files: ["lib/exec/slot/"], uses: [...base, ...engine] },
  exec: { files: ["lib/exec/run_job.ts"], uses: [...base, ...exec] },
  bench: { files: ["lib/bench/"], uses: measuring },
  gather: { files: ["lib/gather/"], uses: [...base, ...engine, "exec/input"] },
  diff: { files: ["lib/diff/"], uses: [...base, "stats"] },
  child: { files: ["lib/child/"], uses: base },
  measurements: { files: ["lib/child_measurements.ts"], uses: [...base, "child", "scale", "claims"] },
  journal: { files: ["lib/journal/"], uses: [...base, "jobs", ...exec] },
  "claims/thread": { files: ["lib/claims/thread/"], uses: [...base, "streams"] },
  scale: { files: ["lib/scale/"], uses: [...base, "stats", "child"] },
  claims: { files: ["lib/claims/"], uses: [...measuring, "bench", "child", "scale", "claims/thread"] },
  "cli/terminal": { files: ["lib/cli/terminal/"], uses: [...base, "report", "exec/host", "bench", "journal"] },
  "cli/table": { files: ["lib/cli/table/"], uses: [...base, "report", "cli/terminal", "cli/topics"] },
  "cli/topics": { files: ["lib/cli/help/topics/"], uses: ["base", "report"] },
  "cli/config": { files: ["lib/cli/config/"], uses: [...base, "jobs", "report", "cli/table"] },
  "cli/job": { files: ["lib/cli/job/"], uses: [...measuring, "report", "bench", "cli/table", "cli/terminal"] },
  "cli/channel": { files: ["lib/cli/channel/"], uses: command },
  "cli/claims": { files: ["lib/cli/claims/"], uses: command },
  "cli/compare": { files: ["lib/cli/compare/"], uses: command },
  "cli/completions": { files: ["lib/cli/completions/"], uses: command },
  "cli/diff": { files: ["lib/cli/diff/"], uses: command },
  "cli/engine": { files: ["lib/cli/engine/"], uses: command },
  "cli/explain": { files: ["lib/cli/explain/"], uses: command },
  "cli/gather": { files: ["lib/cli/gather/"], uses: command },
  "cli/help": { files: ["lib/cli/help/"], uses: command },
  "cli/jobs": { files: ["lib/cli/jobs/"], uses: command },
  "cli/report": { files: ["lib/cli/report/"], uses: command },
  "cli/run": { files: ["lib/cli/run/"], uses: command },
  "cli/streams": { files: ["lib/cli/streams/"], uses: command },
  "cli/scale": { files: ["lib/cli/scale/"], uses: command },
  cli: { files: ["lib/cli/mod.ts", "lib/cli/commands.ts"], uses: [...command, "cli/config"] },
  library: { files: ["lib/mod.ts"], uses: [...measuring, "bench"] },
  workers: { files: ["workers/"], uses: [...base, "streams", "jobs", ...exec, "exec/slot", "claims/thread"] },
  main: { files: ["main.ts"], uses: ["cli", "base", "exec/host", "child", "measurements"] },
};

/** What may be imported of another command's folder: its row; and by the list of commands with import() what it does. */
const commandRow = /^lib\/cli\/\w+\/command\.ts$/;
const commandAct = /^lib\/cli\/(\w+)\/\1\.ts$/;

/** Packages, and who may import them; `lib/std` is the only door to the npm build of @std. */
const packages: Readonly<Record<string, string>> = {
  "@std/async": "lib/",
  "@std/cli": "lib/",
  "@std/jsonc": "lib/",
  "@std/streams": "lib/",
  "@std/text": "lib/",
  "npmstd/": "lib/std/",
  "get-east-asian-width": "lib/report/",
  valibot: "lib/report/schema/", // large: nothing else may load them
  "@valibot/to-json-schema": "lib/report/schema/",
  "d3-scale": "lib/report/html/d3.ts",
  "d3-shape": "lib/report/html/d3.ts",
  "@types/d3-scale": "lib/report/html/d3.ts",
  "@types/d3-shape": "lib/report/html/d3.ts",
};

/** Whether a room is the folder of a command. */
const isCommand = (room: string) => room.startsWith("cli/") && !rooms.cli.uses.includes(room) && room !== "cli/topics";

/** The room of a file; undefined if it is in none. */
export function roomOf(path: string): string | undefined {
  const isIn = (file: string) => file.endsWith("/") ? path.startsWith(file) : path === file;
  return Object.entries(rooms).find(([, { files }]) => files.some(isIn))?.[0];
}

/** Why a file must not import that; undefined if it may. */
export function refused({ from, to, dynamic, typeOnly }: Edge): string | undefined {
  const edge = `${from} -> ${to}`;
  const here = roomOf(from);
  if (here === undefined) return `${edge}: ${from} is in no room of tests/architecture/rooms.ts`;
  if (to.startsWith("node:") || to === "deno.json") return undefined;
  const there = roomOf(to);
  if (there === undefined) {
    const [, place] = Object.entries(packages).find(([name]) =>
      to === name || name.endsWith("/") && to.startsWith(name)
    ) ??
      [];
    if (place === undefined) return `${edge}: not a file of a room, nor a package that lib may use`;
    return from.startsWith(place) ? undefined : `${edge}: only ${place} imports it`;
  }
  if (here !== there && here.startsWith("cli") && isCommand(there)) {
    if (commandRow.test(to) && (here === "cli" || isCommand(here))) return undefined;
    if (here === "cli") {
      return dynamic && commandAct.test(to) ? undefined : `${edge}: of a command's folder, only its command.ts`;
    }
  }
  if (to.startsWith("lib/report/schema/") && !from.startsWith("lib/report/schema/") && !dynamic && !typeOnly) {
    return `${edge}: loads valibot; use import() where it is needed`;
  }
  if (there === "report/html" && here !== there && !dynamic) {
    return `${edge}: loads d3; use import() where it is needed`;
  }
  if (here === there || rooms[here].uses.includes(there)) return undefined;
  return `${edge}: ${here} does not import ${there}`;
}
