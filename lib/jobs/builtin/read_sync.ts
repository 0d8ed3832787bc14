import { openReader, seek } from "./read.ts";

/** The same as `read`, but blocks its thread: one reader is enough. */
export default function readSync(piece: number, { state }: { readonly state: unknown }): number {
  const reader = state as ReturnType<typeof openReader>;
  seek(reader, piece);
  return reader.file.readSync(reader.buffer) ?? 0;
}

export function setup(): unknown {
  return openReader();
}

export function teardown(state: unknown): void {
  (state as ReturnType<typeof openReader>).file.close();
}

export { items } from "./read.ts";
