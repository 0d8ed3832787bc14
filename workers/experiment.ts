/// <reference no-default-lib="true"/>
/// <reference lib="deno.worker"/>
import { runSubject } from "../lib/claims/thread/subjects.ts";

self.onmessage = ({ data }) => void runSubject(data, self);
