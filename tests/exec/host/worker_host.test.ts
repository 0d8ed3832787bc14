import { workerHost } from "../../../lib/exec/host/worker_host.ts";
import { testHost } from "./host_suite.ts";

testHost("worker", workerHost);
