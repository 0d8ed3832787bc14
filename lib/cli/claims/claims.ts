import { processMeter } from "../../bench/machine_load.ts";
import { chooseClaims } from "../../claims/choose.ts";
import { type ClaimsCaller, testClaims } from "../../claims/test_claims.ts";
import { sha256 } from "../../digest.ts";
import { exitCodes, UsageError } from "../../errors.ts";
import { noPermissions } from "../../exec/host/worker_host.ts";
import type { JudgedClaim } from "../../model/claim.ts";
import type { Effort } from "../../model/effort.ts";
import { claimLines, claimsBegin, claimsEnd } from "../../report/claims_text.ts";
import { printableJson } from "../../report/printable.ts";
import { renderingOf } from "../../report/renderings.ts";
import { tool } from "../../tool.ts";
import { openSlots } from "../job/slot_host.ts";
import { exportsIn } from "../table/common_options.ts";
import { didYouMean } from "../table/suggest.ts";
import { documentHead, exportsOf } from "../terminal/documents.ts";
import type { Session } from "../terminal/session.ts";
import { Progress } from "../terminal/progress.ts";
import { type ClaimsValues, maxTimes } from "./command.ts";

/** `tandem claims [IDS]`: measures what the claims are about, and shows each claim as soon as it is settled. */
export async function run(values: ClaimsValues, ids: readonly string[], session: Session): Promise<number> {
  const { stdout, stop, clock, began, meter = processMeter } = session;
  const claims = chooseClaims(ids, (id, known) => `${didYouMean(id, known)} See: tandem explain`);
  const effort = effortOf(values);
  if (values.json && values.ndjson) throw new UsageError("--json and --ndjson exclude each other: give one of them");
  const others = [...values.json ? ["--json"] : [], ...values.ndjson ? ["--ndjson"] : []];
  const exports = await exportsOf(["claims"], exportsIn(values), others, session);
  await using progress = new Progress(session);
  await progress.show({ what: "starting" });
  const machine = await session.machine();
  const renderJson = await renderingOf("claims", "json");
  await using hosts = await openSlots(noPermissions, values.isolate, session);
  const write = async (text: string, as: "write" | "writeExact" = "write") => {
    await progress.erase();
    await stdout[as](text);
  };
  const inText = !values.json && !values.ndjson && !exports.takesStdout;
  if (inText) await write(claimsBegin({ tool, machine, seed: values.seed, claims: claims.length }, stdout.style));
  const onSettled = async (claim: JudgedClaim) => {
    if (inText) await write(claimLines(claim, stdout.style));
    if (values.ndjson) await write(`${printableJson(JSON.stringify(claim))}\n`, "writeExact");
  };
  const caller: ClaimsCaller = {
    clock,
    signal: stop,
    cores: { all: machine.cores, usable: machine.usableCores },
    startMs: began.ms,
    host: hosts.host,
    meter,
    onSettled,
    onStep: ({ sentence, place, claims, share }) =>
      progress.show({ what: `claim ${place}/${claims}  ${sentence}`, share }),
  };
  const result = await testClaims(claims, {
    ...values,
    effort,
    maxMs: values.maxTime ?? maxTimes[effort],
    limitChosen: values.maxTime !== undefined,
    maxMemoryBytes: values.maxMemory ?? Math.floor(machine.freeBytes / 4),
  }, caller).finally(() => progress.end());
  const jobSha256 = await sha256(claims.map(({ id }) => id).join());
  const head = await documentHead(
    { command: "claims", options: values, seed: values.seed, machine, jobSha256 },
    session,
  );
  const document = { ...head, result };
  const failure = await exports.write([document]);
  if (inText) await write(claimsEnd(document, stdout.style));
  if (values.json) await write(renderJson(document, stdout.style), "writeExact");
  if (failure) throw failure; // the result has been shown
  if (values.failOn.length === 0) return exitCodes.ok;
  return (await import("../../bench/gate.ts")).gate(result.claims.map(({ verdict }) => verdict), values.failOn);
}

function effortOf({ quick, full }: ClaimsValues): Effort {
  if (quick && full) throw new UsageError("--quick and --full exclude each other: give one of them");
  return quick ? "quick" : full ? "full" : "default";
}
