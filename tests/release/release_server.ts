import { makeRelease } from "../../.ci/release/make.ts";
import type { ArchivedFile } from "../../.ci/release/tar.ts";
import { type Target, targets } from "../../.ci/release/targets.ts";

const encoder = new TextEncoder();
const file = (path: string) => ({ path, bytes: encoder.encode(`${path}\n`) });

/** What archives have beside the executable: each file has its own name as its text. */
export const extras: readonly ArchivedFile[] = [
  ...["tandem.bash", "_tandem", "tandem.fish", "tandem.ps1"].map((name) => file(`completions/${name}`)),
  file("man/tandem.1"),
  file("LICENSE"),
];

/** A stand-in for the executable: a program that says its version. */
export function standIn(version: string): Uint8Array {
  return encoder.encode(`#!/bin/sh\necho "tandem ${version}"\n`);
}

/** The files of a release, by name: what `deno task release` makes of these executables. */
export async function releaseOf(executable: (target: Target) => Uint8Array): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  await makeRelease({
    targets,
    executable: (target) => Promise.resolve(executable(target)),
    extras,
    besides: [],
    at: new Date("2026-11-27T07:18:26Z"),
    write: ({ path, bytes }) => void files.set(path, bytes),
    say: () => {},
  });
  return files;
}

/** A loopback server that has releases where GitHub has them. */
export interface ReleaseServer {
  /** For TANDEM_RELEASES. */
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/**
 * Serves files by path, such as "latest/download/SHA256SUMS", and 404 for others. Of a file in `cut` it sends the first half and closes
 * the connection, though it has announced all of it.
 */
export function serve(files: ReadonlyMap<string, Uint8Array>, cut: ReadonlySet<string> = new Set()): ReleaseServer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const asked: string[] = [];
  const answering = new Set<Promise<void>>();
  const listening = (async () => {
    for await (const connection of listener) {
      const answered = answer(connection).catch(() => {}).finally(() => answering.delete(answered));
      answering.add(answered);
    }
  })();

  async function answer(connection: Deno.TcpConn) {
    using _ = connection;
    const path = await pathOf(connection);
    asked.push(path);
    const body = files.get(path);
    const head = body === undefined ? "404 Not Found" : "200 OK";
    const length = body?.length ?? 0;
    const headers = `HTTP/1.1 ${head}\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`;
    const part = body?.subarray(0, cut.has(path) ? length >> 1 : length) ?? new Uint8Array();
    await writeAll(connection, encoder.encode(headers));
    await writeAll(connection, part);
  }

  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    asked,
    async stop() {
      listener.close();
      await listening.catch(() => {});
      await Promise.all(answering);
    },
  };
}

async function writeAll(connection: Deno.TcpConn, bytes: Uint8Array) {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}

/** The path of a request, read to its end. */
async function pathOf(connection: Deno.TcpConn): Promise<string> {
  let request = "";
  const buffer = new Uint8Array(4096);
  while (!request.includes("\r\n\r\n")) {
    const length = await connection.read(buffer);
    if (length === null) return "";
    request += new TextDecoder().decode(buffer.subarray(0, length));
  }
  return /^GET \/(\S*)/.exec(request)?.[1] ?? "";
}
