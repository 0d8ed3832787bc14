/** What a job can be granted, by the names of Deno. */
export type PermissionKind = "read" | "write" | "net" | "env" | "run" | "sys" | "ffi" | "import";

/** What a job's thread may do of each kind: all, nothing, or what a list names. What is missing is nothing. */
export type Permissions = { readonly [K in PermissionKind]?: boolean | string[] };
