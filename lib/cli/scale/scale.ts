import { scaleKinds } from "../../model/scale.ts";
import { scaleStepText } from "../../report/scale_text.ts";
import { renderingOf } from "../../report/renderings.ts";
import { measureScale } from "../../scale/measure_scale.ts";
import { exportsIn } from "../table/common_options.ts";
import { documentHead, exportsOf, writeRendered } from "../terminal/documents.ts";
import { Progress } from "../terminal/progress.ts";
import type { Session } from "../terminal/session.ts";
import type { ScaleValues } from "./command.ts";

/** `tandem scale`: what parked tasks and threads cost, in memory and time. Ctrl-C keeps what has been measured. */
export async function run(values: ScaleValues, _operands: readonly string[], session: Session): Promise<number> {
  const { stdout, stop, clock } = session;
  const format = values.json ? "json" : "text";
  const exports = await exportsOf(["scale"], exportsIn(values), values.json ? ["--json"] : [], session);
  await using progress = new Progress(session);
  await progress.show({ what: "starting" });
  const machine = await session.machine();
  const render = await renderingOf("scale", format);
  const wanted = {
    kinds: values.kinds.length === 0 ? scaleKinds : values.kinds,
    upTo: values.upTo,
    maxBytes: values.maxMemory ?? null,
    maxMs: values.maxTime,
  };
  const result = await measureScale(wanted, {
    clock,
    signal: stop,
    onStep: (step, share, alive) => progress.show({ what: scaleStepText(step, alive), share }),
  });
  await progress.end();
  const head = await documentHead({ command: "scale", options: values, machine }, session);
  const document = { ...head, result };
  const failure = await exports.write([document]);
  if (!exports.takesStdout) await writeRendered(render(document, stdout.style), format, stdout);
  if (failure) throw failure; // the result has been shown
  return 0;
}
