import config from "../deno.json" with { type: "json" };
import type { Tool } from "./model/document.ts";

/** This program. Its version is written in deno.json only. */
export const tool: Tool = {
  name: "tandem",
  version: config.version,
  deno: Deno.version.deno,
  v8: Deno.version.v8,
  target: Deno.build.target,
};
