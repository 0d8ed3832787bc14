import { processHost } from "../../../../lib/exec/host/process/process_host.ts";
import { ownCommand } from "../../../../lib/exec/host/process/slot_command.ts";
import { testHost } from "../host_suite.ts";

testHost("process", (permissions) => processHost({ command: ownCommand(), permissions }));
