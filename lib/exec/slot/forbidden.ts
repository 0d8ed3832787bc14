import { apply, defineProperty, Error, getOwnPropertyDescriptor } from "../../natives.ts";

/**
 * Replaces a function that sends signals by one that sends none to this process, or its group. Deno makes its own when it
 * is first asked for, which takes 1 ms, and so are ours.
 */
export function spareOurselves(holder: object, name: string, pid: number): void {
  const was = getOwnPropertyDescriptor(holder, name);
  const { get } = was ?? {};
  if (get === undefined) {
    if (typeof was?.value === "function") replace(holder, name, sparing(was.value, holder, pid));
    return;
  }
  let made: unknown;
  defineProperty(holder, name, { get: () => made ??= sparing(apply(get, holder, []) as Signalling, holder, pid) });
}

type Signalling = (...args: unknown[]) => unknown;

function sparing(native: Signalling, holder: object, pid: number): Signalling {
  return (...args) => {
    const to = args[0] as number;
    if (args[1] !== 0 && (to <= 0 || to === pid)) {
      forbidden("a signal to this process", "throw an error to fail an item")();
    }
    return apply(native, holder, args);
  };
}

export function replace(holder: object, name: string, value: unknown): void {
  defineProperty(holder, name, { value });
}

export function forbidden(name: string, remedy: string): () => never {
  return () => {
    throw new Error(`${name} is not for jobs: ${remedy}`);
  };
}
