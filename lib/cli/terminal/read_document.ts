import { messageOf, systemReason, UsageError } from "../../errors.ts";
import type { AnyDocument } from "../../model/document.ts";
import type { Session } from "./session.ts";

/** Documents that are read have this schema number, or a lower one. */
const newestSchema = 1;

/**
 * Reads a saved document and checks it; `-` is stdin.
 *
 * @throws {UsageError} it cannot be read, or is not a document of this version: what was found, and where
 */
export async function readDocument(name: string, stdin: Session["stdin"]): Promise<AnyDocument> {
  const shown = name === "-" ? "stdin" : name;
  const value = parsed(shown, await textOf(name, stdin));
  const fault = schemaFault(value);
  if (fault !== undefined) throw new UsageError(`${shown}: ${fault}`);
  const { savedDocument } = await import("../../report/schema/saved_document.ts"); // valibot
  const document = savedDocument(value);
  if (typeof document === "string") throw new UsageError(`${shown}: ${document}`);
  return document;
}

async function textOf(name: string, stdin: Session["stdin"]): Promise<string> {
  try {
    const bytes = name === "-" ? await allOf(stdin) : await Deno.readFile(name);
    return new TextDecoder().decode(bytes); // without a byte order mark, which PowerShell writes
  } catch (error) {
    throw new UsageError(`${name}: cannot be read: ${systemReason(error)}`);
  }
}

async function allOf(stdin: Session["stdin"]): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const into = new Uint8Array(64 * 1024);
  for (let read = await stdin.read(into); read !== null; read = await stdin.read(into)) parts.push(into.slice(0, read));
  return await new Blob(parts).bytes();
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (/\.[cm]?[jt]sx?$/.test(name)) {
      throw new UsageError(`${name}: a module, not a document of tandem; to measure jobs: tandem compare [OLD] JOB`);
    }
    const message = messageOf(error);
    const before = text.slice(0, faultPlace(text, message)).split("\n");
    const place = `${name}:${before.length}:${before[before.length - 1].length + 1}`;
    const found = message.replace(/( in JSON)? at position .*$/s, "").replace(/, (\.\.\.)?".* is not valid JSON$/s, "");
    throw new UsageError(`${place}: not JSON: ${found[0].toLowerCase()}${found.slice(1)}`);
  }
}

/**
 * Where JSON ends to be JSON. V8 says it of most faults; of an unexpected token, it is the end of the shortest beginning of the
 * text that has one.
 */
function faultPlace(text: string, message: string): number {
  const [, position] = / at position (\d+)/.exec(message) ?? [];
  if (position !== undefined) return Number(position);
  let [within, beyond] = [0, text.length];
  while (within < beyond) {
    const middle = Math.floor((within + beyond) / 2);
    if (hasToken(text.slice(0, middle + 1))) beyond = middle;
    else within = middle + 1;
  }
  return within;
}

function hasToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return messageOf(error).startsWith("Unexpected token");
  }
}

/** Why a value cannot be a document of this version, as the end of a sentence. */
function schemaFault(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "not a document of tandem";
  if ("plan" in value) return "a plan, and not a document: tandem run --plan follows it";
  const { schema } = value as { readonly schema?: unknown };
  if (schema === undefined) return "not a document of tandem: it has no schema number";
  if (typeof schema !== "number" || schema <= newestSchema) return undefined;
  return `a document of schema ${schema}; this tandem reads schema ${newestSchema}: use a newer tandem`;
}
