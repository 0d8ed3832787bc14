import { pipeDescriptors } from "../../wire/pipe_descriptors.ts";
import { chunkReader, type Readable, type Writable } from "./frames.ts";

/** Two ways between us and a slot's process. */
export interface SlotConnection extends Readable, Writable {
  close(): void;
}

/** How a process that is reached by pipes starts, and our ends of them. */
export interface Pipes {
  command(
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> | undefined,
  ): { readonly program: string; readonly args: readonly string[] };
  to(child: Deno.ChildProcess): SlotConnection;
}

/**
 * How to start a program that is reached by pipes: nothing of them is in the file system, so nothing is left where we are killed
 * before it could remove anything, as Node cannot without a permission that its job would have, too. Deno passes only three
 * descriptors, so a shell gives them other numbers, and becomes the program. What the job writes to descriptor 1 goes to our stderr.
 */
const command: Pipes["command"] = (program, args, env) => {
  const { toParent, fromParent } = pipeDescriptors;
  const own = ["PWD", "OLDPWD", "SHLVL"].filter((name) => env !== undefined && !(name in env)); // shells set them
  const forget = own.length === 0 ? "" : `unset ${own.join(" ")}; `;
  const script = `PATH=$0; ${forget}exec "$@" ${toParent}>&1 ${fromParent}<&0 1>&2 0</dev/null`;
  return { program: "/bin/sh", args: ["-c", script, Deno.env.get("PATH") ?? "", program, ...args] };
};

const to: Pipes["to"] = (child) => {
  const output = child.stdout.getReader();
  const input = child.stdin.getWriter();
  return {
    read: chunkReader(() => output.read()),
    async write(bytes) {
      await input.write(bytes);
      return bytes.length;
    },
    close() {
      void input.abort().catch(() => {}); // it has ended
      void output.cancel().catch(() => {});
    },
  };
};

/** Pipes to a slot in Node or Bun. */
export const pipes: Pipes = { command, to };
