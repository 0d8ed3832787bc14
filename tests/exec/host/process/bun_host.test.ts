import { runtimeHere } from "../../../runtimes_here.ts";
import { testHost } from "../host_suite.ts";
import { foreignHosts } from "./foreign_hosts.ts";

const bun = runtimeHere("bun", "bun host");
const all = ["read", "write", "net", "env", "run", "sys", "ffi", "import"] as const;
if (bun !== undefined) testHost("bun", await foreignHosts(bun.choice, all), "bun");
