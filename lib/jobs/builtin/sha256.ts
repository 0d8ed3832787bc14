import { createHash } from "node:crypto";

const mebibyte = new Uint8Array(1024 * 1024).fill(7);

/** Computes the SHA-256 of `mebibytes` MiB on this thread. (`crypto.subtle` would use one of Deno's own threads.) */
export default function sha256(mebibytes: number): string {
  const hash = createHash("sha256");
  for (let i = 0; i < mebibytes; i++) hash.update(mebibyte);
  return hash.digest("hex");
}

export const items: readonly number[] = Array.from({ length: 64 }, () => 4);
