import { workerHost } from "../../lib/exec/worker_host.ts";
import { testHost } from "./host_suite.ts";

testHost("worker", workerHost);
