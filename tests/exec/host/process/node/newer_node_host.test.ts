import { runtimeHere } from "../../../../runtimes_here.ts";
import { testNodeHost } from "./node_suite.ts";

const newer = runtimeHere("node", "newer node host");
if (newer !== undefined) await testNodeHost("newer node", newer.choice);
