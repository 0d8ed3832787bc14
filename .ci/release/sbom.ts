import { createHash } from "node:crypto";
import { keyOf, type Lock, type Locked, lockedPackages, rootsOf } from "./lock.ts";

/** What the bill of materials speaks of. */
export interface Built {
  readonly version: string;
  /** The Deno whose runtime is in each executable. */
  readonly deno: string;
  readonly license: string;
  readonly lock: Lock;
  /** The keys of the locked packages whose code is in the executables. The others serve tests and types. */
  readonly bundled: ReadonlySet<string>;
  /** The licence of a locked package, as its package.json has it: an identifier or expression of SPDX. */
  licenseOf(locked: Locked): string | undefined;
  readonly at: Date;
}

const platform = "platform:deno";

/**
 * A software bill of materials: CycloneDX 1.6 (ECMA-424), https://cyclonedx.org/docs/1.6/json/. The same input gives the same text: the
 * serial number comes from what is in it, as a UUID of version 8 (RFC 9562, section 5.8).
 *
 * What Deno itself is made of is not listed, and the bill says so.
 */
export function sbom(built: Built): string {
  const { version, deno, license, lock, at } = built;
  const own = `pkg:generic/tandem@${version}`;
  const packages = lockedPackages(lock);
  const bill = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      timestamp: at.toISOString(),
      lifecycles: [{ phase: "build" }],
      component: { type: "application", "bom-ref": own, name: "tandem", version, ...licensed(license), purl: own },
    },
    components: [
      {
        type: "platform",
        "bom-ref": platform,
        name: "deno",
        version: deno,
        ...licensed("MIT"),
        purl: `pkg:github/denoland/deno@v${deno}`,
      },
      ...packages.map((locked) => component(locked, built)),
    ],
    dependencies: [
      { ref: own, dependsOn: [platform, ...rootsOf(lock).map((key) => purlOf(key))].toSorted() },
      { ref: platform },
      ...packages.map(({ key, needs }) => ({ ref: purlOf(key), dependsOn: needs.map(purlOf).toSorted() })),
    ],
    compositions: [{ aggregate: "incomplete", assemblies: [platform] }],
  };
  return `${JSON.stringify({ serialNumber: uuidOf(JSON.stringify(bill)), ...bill }, null, 2)}\n`;
}

function component(locked: Locked, { bundled, licenseOf }: Built) {
  const { scope, name, version } = keyOf(locked.key);
  return {
    type: "library",
    "bom-ref": purlOf(locked.key),
    ...scope === "" ? {} : { group: scope },
    name,
    version,
    scope: bundled.has(locked.key) ? "required" : "excluded",
    hashes: [hashOf(locked.integrity)],
    ...licensed(licenseOf(locked)),
    purl: purlOf(locked.key),
  };
}

/** An expression is not an identifier: SPDX has AND, OR and WITH between blanks. */
function licensed(license: string | undefined) {
  if (license === undefined) return {};
  return { licenses: [license.includes(" ") ? { expression: license } : { license: { id: license } }] };
}

/** Package URLs (ECMA-427). npm is a registered type there; jsr is not yet. */
function purlOf(key: string): string {
  const { registry, scope, name, version } = keyOf(key);
  return `pkg:${registry}/${scope === "" ? "" : `${encodeURIComponent(scope)}/`}${name}@${version}`;
}

/** npm has "sha512-" and base64 (W3C's Subresource Integrity); JSR the SHA-256 of a package's list of files in hexadecimal. */
function hashOf(integrity: string) {
  const [, algorithm, base64 = ""] = /^(sha512)-(.+)$/.exec(integrity) ?? [];
  if (algorithm === undefined) return { alg: "SHA-256", content: integrity };
  return { alg: "SHA-512", content: Uint8Array.fromBase64(base64).toHex() };
}

function uuidOf(text: string): string {
  const bytes = createHash("sha256").update(text).digest().subarray(0, 16);
  bytes[6] = bytes[6] & 0x0f | 0x80;
  bytes[8] = bytes[8] & 0x3f | 0x80;
  return `urn:uuid:${bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}`;
}
