/** The program that a job runs in. */
export interface RuntimeName {
  readonly name: "deno" | "node" | "bun";
  readonly version: string;
}
