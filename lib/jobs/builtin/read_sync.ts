import { pieceBytes } from "./read.ts";

/** The same as `read`, holding its thread meanwhile. */
export default function readSync(piece: number): number {
  using file = Deno.openSync(Deno.execPath());
  file.seekSync(piece * pieceBytes, Deno.SeekMode.Start);
  return file.readSync(new Uint8Array(pieceBytes)) ?? 0;
}

export { items } from "./read.ts";
