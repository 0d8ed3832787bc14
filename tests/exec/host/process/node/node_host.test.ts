import { testNodeHost } from "./node_suite.ts";

await testNodeHost("node", "node");
