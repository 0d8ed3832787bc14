import config from "../../../deno.json" with { type: "json" };

/** The program and what it runs on, as the head of every result says it. */
export interface Tool {
  readonly name: "tandem";
  readonly version: string;
  readonly deno: string;
  readonly v8: string;
  readonly target: string;
}

/** This program. Its version is written in deno.json only. */
export const tool: Tool = {
  name: "tandem",
  version: config.version,
  deno: Deno.version.deno,
  v8: Deno.version.v8,
  target: Deno.build.target,
};
