import { sha256 } from "../../digest.ts";
import { exitCodes } from "../../errors.ts";
import { noPermissions } from "../../exec/host/worker_host.ts";
import { chooseClaims } from "../../claims/choose.ts";
import { testClaims } from "../../claims/test_claims.ts";
import { renderingOf } from "../../report/renderings.ts";
import { openSlots } from "../job/slot_host.ts";
import { didYouMean } from "../table/suggest.ts";
import { documentHead, writeRendered } from "../terminal/documents.ts";
import type { Session } from "../terminal/session.ts";
import type { ClaimsValues } from "./command.ts";
import { roundProgress } from "../../report/round_schedule_text.ts";
import { Progress } from "../terminal/progress.ts";

/** `tandem claims [IDS]`: measures the work that the claims are about, and judges them. */
export async function run(values: ClaimsValues, ids: readonly string[], session: Session): Promise<number> {
  const { stdout, stop, clock, began } = session;
  const claims = chooseClaims(ids, didYouMean);
  await using progress = new Progress(session);
  await progress.show({ what: "calibrating" });
  const machine = await session.machine();
  const format = values.json ? "json" : "text";
  const render = await renderingOf("claims", format);
  await using hosts = await openSlots(noPermissions, values.isolate, session);
  const wanted = { ...values, maxMs: values.maxTime };
  const result = await testClaims(claims, wanted, {
    clock,
    signal: stop,
    cores: { all: machine.cores, usable: machine.usableCores },
    startMs: began.ms,
    host: hosts.host,
    meter: session.meter,
    onRun: (runs, rounds) => progress.show(roundProgress(runs, rounds)),
  }).finally(() => progress.end());
  const jobSha256 = await sha256(claims.map(({ id }) => id).join());
  const head = await documentHead(
    { command: "claims", options: values, seed: values.seed, machine, jobSha256 },
    session,
  );
  await writeRendered(render({ ...head, result }, stdout.style), format, stdout);
  const { fails, unclear } = result.counts;
  if (fails > 0 && values.failOn.includes("fails")) return exitCodes.failed;
  return unclear > 0 && values.failOn.includes("unclear") ? exitCodes.unclear : exitCodes.ok;
}
