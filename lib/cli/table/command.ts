import type { Options, Values } from "./option.ts";
import type { Session } from "../terminal/session.ts";

/** The kinds of permission that Deno knows and the program may give up. */
export type PermissionKind = "read" | "write" | "net" | "env" | "run" | "sys" | "ffi" | "import";

/** One row of the table of commands: all that help, parser and permissions need to know. */
export interface Row<O extends Options> {
  readonly name: string;
  readonly summary: string;
  /** What comes after the flags, as the help shows it. */
  readonly operands?: {
    readonly usage: string;
    readonly min: number;
    readonly max: number;
    /** A flag that stands for them: where it is given, none is needed. */
    readonly unless?: string;
    /** `--` is one of them: what stands behind it is for another command. */
    readonly keepsDashes?: boolean;
  };
  readonly examples: readonly { readonly line: string; readonly what: string }[];
  readonly options: O;
  /** The kinds of permission the command needs; all others are revoked before it starts. */
  needs(values: Values<O>, operands: readonly string[]): readonly PermissionKind[];
  /** Whether it does as much at once as there are cores: a quota of them can be read only before permissions are revoked. */
  fitsCores?(values: Values<O>): boolean;
  /** Whether it watches how hard the machine is pressed: the files that tell it can be opened only before, too. */
  watchesPressure?(values: Values<O>): boolean;
}

/** What a command does; its exit code. */
export type Act<O extends Options> = (
  values: Values<O>,
  operands: readonly string[],
  session: Session,
) => Promise<number>;

/** A row whose flags have been forgotten, and what it does: its values are checked where they are parsed. */
export interface Command extends Omit<Row<Options>, "needs" | "fitsCores" | "watchesPressure"> {
  needs(values: Readonly<Record<string, unknown>>, operands: readonly string[]): readonly PermissionKind[];
  fitsCores?(values: Readonly<Record<string, unknown>>): boolean;
  watchesPressure?(values: Readonly<Record<string, unknown>>): boolean;
  run(values: Readonly<Record<string, unknown>>, operands: readonly string[], session: Session): Promise<number>;
}
