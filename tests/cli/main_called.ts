import { main, type Process } from "../../lib/cli/mod.ts";
import type { Surroundings } from "../../lib/cli/config/layers.ts";
import type { Act, Command } from "../../lib/cli/table/command.ts";
import { common, json } from "../../lib/cli/table/common_options.ts";
import { count, file, type Options, repeated } from "../../lib/cli/table/option.ts";
import type { Session } from "../../lib/cli/terminal/session.ts";
import { testSession } from "./test_session.ts";

/** What a command was run with. */
export interface Ran {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly operands: readonly string[];
  readonly session: Session;
}

const options = {
  take: { ...count(20, "items"), short: "n" },
  only: repeated(count(1, "lines")),
  journal: file("a file"),
  json,
  ...common,
};

/** A table of two commands that note what they are run with, and then do what the test says. `help` is a third one. */
export function testTable(act: (session: Session) => Promise<number> = () => Promise.resolve(0)) {
  const ran: Ran[] = [];
  const commandOf = (name: string, options: Options): Command => {
    const run: Act<Options> = (values, operands, session) => {
      ran.push({ name, values, operands, session });
      return act(session);
    };
    const needs: Command["needs"] = (
      { take },
      operands,
    ) => [take === 1 ? "sys" : "read", ...operands.length > 0 ? ["env" as const] : []];
    const operands = { usage: "[JOB]", min: 0, max: 1 };
    const fitsCores: Command["fitsCores"] = ({ take }) => take === 3;
    const watchesPressure: Command["watchesPressure"] = ({ take }) => take === 4;
    return { name, summary: `Does ${name}`, operands, examples: [], options, needs, fitsCores, watchesPressure, run };
  };
  const commands = [
    commandOf("streams", options),
    commandOf("scale", { ...common, upTo: count(9, "rung") }),
    commandOf("help", common),
  ];
  return {
    ran,
    table: {
      commandNames: commands.map(({ name }) => name),
      defaultCommand: "streams",
      loadCommand: (name: string) => Promise.resolve(commands.find((command) => command.name === name)),
      loadCommands: () => Promise.resolve(commands),
    },
  };
}

/** What surrounds and happens to the program in a test. */
export interface MainSurroundings {
  readonly variables?: Readonly<Record<string, string>>;
  /** The files that there are. */
  readonly files?: readonly string[];
  /** Stops the program when it aborts; its end is then by this code. */
  readonly stop?: { readonly signal: AbortSignal; readonly code: number };
  readonly stderr?: ReturnType<Process["openOutput"]>;
}

/** Runs the program within the test, in a container that has 1000 bytes of memory and half a core: its code, what it wrote, and what it did to its process. */
export async function mainCalled(
  args: readonly string[],
  table: ReturnType<typeof testTable>["table"] = testTable().table,
  { variables = {}, files = [], stop, stderr: otherStderr }: MainSurroundings = {},
) {
  const { session, stdout, stderr } = testSession();
  const did: string[] = [];
  const surroundings: Surroundings = {
    folder: "",
    env: (name) => variables[name],
    isFile: (path) => files.includes(path),
    homeGuard: () => () => false,
  };
  const process: Process = {
    listenForStop() {
      did.push("listen");
      return {
        signal: stop?.signal ?? new AbortController().signal,
        onForcedEnd: session.onForcedEnd,
        end: () => Promise.resolve(stop?.code ?? 0),
      };
    },
    openOutput: (name) => name === "stdout" ? stdout : otherStderr ?? stderr,
    session(call, color, stop, clock) {
      did.push(`color ${color}`);
      return { ...session, call, stop, clock };
    },
    keepOnly: (needed) => void did.push(`keep ${needed.join(" ")}`),
    surroundings: () => Promise.resolve(surroundings),
    limits: () => Promise.resolve({ memory: { value: 1_000, used: 400 }, cpuQuota: 0.5, cores: 1 }),
    openPressure: () => {
      did.push("open pressure");
      return Promise.resolve({
        read: () => ({ load: 0.5, freeBytes: 7 }),
        [Symbol.dispose]: () => void did.push("close pressure"),
      });
    },
  };
  const code = await main(args, table, process);
  return { code, stdout: stdout.written, exact: stdout.exact, stderr: stderr.written, did };
}
