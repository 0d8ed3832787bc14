import type { ItemErrorCode } from "../../model/item.ts";

/**
 * What to do about an item's error, in the words of the run's caller: the program speaks of its flags, the library of
 * its options. It ends the message of the error with that code.
 */
export interface Remedies extends Readonly<Partial<Record<Exclude<ItemErrorCode, "denied">, string>>> {
  readonly denied: DeniedRemedy;
  /** What JSX needs that is not React. */
  readonly react: string;
  /** What limits the pause before another attempt. */
  readonly retryMax: string;
}

/** How a job is granted what it was denied. */
export interface DeniedRemedy {
  /** What to do with a grant: the start of "add --allow-read". */
  readonly verb: string;
  /** What grants all of a kind, by Deno's name of the kind; the others are granted by `all` alone. */
  readonly kinds: Readonly<Record<string, string>>;
  /** What grants everything. */
  readonly all: string;
  /** A grant can be narrowed to a name, which stands behind `=` as in a shell. */
  readonly takesNames: boolean;
}

/** In the words of the library: its option `permissions`. */
export const optionRemedies: Remedies = {
  denied: {
    verb: "grant it in",
    kinds: {
      read: "permissions.read",
      write: "permissions.write",
      net: "permissions.net",
      env: "permissions.env",
      run: "permissions.run",
      sys: "permissions.sys",
      ffi: "permissions.ffi",
      import: "permissions.import",
    },
    all: "permissions",
    takesNames: false,
  },
  react: "JSX without React needs compilerOptions.jsx in deno.json",
  retryMax: "retryMaxMs",
};
