import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { type Schema, validator } from "@exodus/schemasafe";
import { bundledPackages } from "../../.ci/release/bundled.ts";
import { billOf } from "../../.ci/release/bill.ts";
import { keyOf, type Lock, lockedPackages, withNeeds } from "../../.ci/release/lock.ts";
import { type Built, sbom } from "../../.ci/release/sbom.ts";

/**
 * The published schemas of CycloneDX 1.6, of the licences of SPDX, and of JSF's signatures, as the npm package
 * @cyclonedx/cyclonedx-library 10.3.0 ships them (Apache-2.0), without descriptions, examples and its own names of files.
 */
const schemas = new URL("../fixtures/cyclonedx/", import.meta.url);
const read = (name: string): Schema => JSON.parse(Deno.readTextFileSync(new URL(`${name}.schema.json`, schemas)));
const errorsOf = validator(read("bom-1.6"), {
  schemas: [read("spdx"), read("jsf-0.82")],
  formats: { "idn-email": () => true, "iri-reference": () => true },
  includeErrors: true,
  allErrors: true,
  mode: "lax",
});

/** What the schema has against a bill. */
function faultsOf(bill: string): readonly string[] {
  errorsOf(JSON.parse(bill));
  return (errorsOf.errors ?? []).map(({ keywordLocation, instanceLocation }) =>
    `${instanceLocation}: ${keywordLocation}`
  );
}

const sha512 = `sha512-${new Uint8Array(64).fill(1).toBase64()}`;
const lock: Lock = {
  version: "5",
  specifiers: { "npm:a@1": "1.2.0_peer@3.0.0", "npm:@types/a@1.0.0": "1.0.0", "jsr:@s/tar@^0.1": "0.1.4" },
  npm: {
    "@types/a@1.0.0": { integrity: sha512 },
    "a@1.2.0_peer@3.0.0": { integrity: sha512, dependencies: ["@x/b", "peer@3.0.0"] },
    "@x/b@2.0.0": { integrity: sha512 },
    "peer@3.0.0": { integrity: sha512 },
    "peer@4.0.0": { integrity: sha512 },
  },
  jsr: { "@s/tar@0.1.4": { integrity: "ab".repeat(32), dependencies: [] } },
  workspace: { dependencies: ["npm:a@1", "npm:@types/a@1.0.0", "jsr:@s/tar@^0.1"] },
};
const licences: Readonly<Record<string, string>> = { "npm:a@1.2.0": "MIT", "npm:@x/b@2.0.0": "MIT OR Apache-2.0" };
const built: Built = {
  version: "1.2.3",
  deno: "2.9.6",
  license: "MIT",
  lock,
  bundled: new Set(["npm:a@1.2.0", "npm:@x/b@2.0.0", "npm:peer@3.0.0"]),
  licenseOf: ({ key }) => licences[key],
  at: new Date("2026-11-27T07:18:27Z"),
};

/** What of a bill is compared here. */
interface Bill {
  readonly serialNumber: string;
  readonly components: readonly Readonly<Record<string, unknown>>[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

Deno.test("bill of materials: it is as the published schema of CycloneDX 1.6 says", () => {
  assertEquals(faultsOf(sbom(built)), []);
});

Deno.test("bill of materials: the schema refuses what is wrong", () => {
  const wrong: readonly (readonly [string | RegExp, string])[] = [
    ['"type": "library"', '"type": "package"'],
    ['"alg": "SHA-512"', '"alg": "SHA512"'],
    [/"serialNumber": "[^"]*"/, '"serialNumber": "7"'],
    ['"id": "MIT"', '"id": "MTI"'],
    ["2026-11-27T", "27 November "],
    ['"excluded"', '"test"'],
  ];
  for (const [found, replaced] of wrong) {
    const bill = sbom(built).replace(found, replaced);
    assert(bill !== sbom(built), replaced);
    assert(faultsOf(bill).length > 0, replaced);
  }
});

Deno.test("bill of materials: packages with purl, hash, licence and scope, and what depends on what", () => {
  const { components, dependencies }: Bill = JSON.parse(sbom(built));
  const shown = components.map(({ purl, scope, licenses }) => [purl, scope, licenses]);
  assertEquals(shown, [
    ["pkg:github/denoland/deno@v2.9.6", undefined, [{ license: { id: "MIT" } }]],
    ["pkg:jsr/%40s/tar@0.1.4", "excluded", undefined],
    ["pkg:npm/%40types/a@1.0.0", "excluded", undefined],
    ["pkg:npm/%40x/b@2.0.0", "required", [{ expression: "MIT OR Apache-2.0" }]],
    ["pkg:npm/a@1.2.0", "required", [{ license: { id: "MIT" } }]],
    ["pkg:npm/peer@3.0.0", "required", undefined],
    ["pkg:npm/peer@4.0.0", "excluded", undefined],
  ]);
  assertEquals(components[3], {
    type: "library",
    "bom-ref": "pkg:npm/%40x/b@2.0.0",
    group: "@x",
    name: "b",
    version: "2.0.0",
    scope: "required",
    hashes: [{ alg: "SHA-512", content: "01".repeat(64) }],
    licenses: [{ expression: "MIT OR Apache-2.0" }],
    purl: "pkg:npm/%40x/b@2.0.0",
  });
  assertEquals(components[1].hashes, [{ alg: "SHA-256", content: "ab".repeat(32) }]);
  assertEquals(dependencies.slice(0, 2), [
    {
      ref: "pkg:generic/tandem@1.2.3",
      dependsOn: ["pkg:jsr/%40s/tar@0.1.4", "pkg:npm/%40types/a@1.0.0", "pkg:npm/a@1.2.0", "platform:deno"],
    },
    { ref: "platform:deno" },
  ]);
  assertEquals(dependencies.find(({ ref }) => ref === "pkg:npm/a@1.2.0")?.dependsOn, [
    "pkg:npm/%40x/b@2.0.0",
    "pkg:npm/peer@3.0.0",
  ]);
});

Deno.test("bill of materials: the same input gives the same text, other input another serial number", () => {
  assertEquals(sbom(built), sbom({ ...built }));
  const [one, other] = [built, { ...built, version: "1.2.4" }].map((built): Bill => JSON.parse(sbom(built)));
  assertMatch(one.serialNumber, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert(one.serialNumber !== other.serialNumber);
});

Deno.test("lock file: what is not understood is refused, not left out", () => {
  assertThrows(() => lockedPackages({ ...lock, version: "6" }), Error, "expected version 5");
  assertThrows(() => lockedPackages({ ...lock, remote: { "https://x/mod.ts": "ab" } }), Error, "no modules of URLs");
  const npm = { "a@1.0.0": { integrity: sha512, dependencies: ["b"] } };
  assertThrows(() => lockedPackages({ ...lock, npm }), Error, "deno.lock: b is missing");
  const jsr = { "@s/a@1.0.0": { integrity: "ab", dependencies: ["jsr:@s/b@1"] } };
  assertThrows(() => lockedPackages({ ...lock, jsr }), Error, "deno.lock: jsr:@s/b@1 is missing");
  for (const key of ["npm:a", "a@1.0.0", "git:a@1.0.0"]) {
    assertThrows(() => keyOf(key), Error, `${key} is not a package`);
  }
});

Deno.test("lock file: what a package of JSR needs, and packages that need each other", () => {
  const jsr = {
    "@s/tar@0.1.4": { integrity: "ab", dependencies: ["npm:a@1", "jsr:@s/io@^1"] },
    "@s/io@1.0.0": { integrity: "ab", dependencies: ["jsr:@s/tar@^0.1"] },
  };
  const packages = lockedPackages({ ...lock, jsr, specifiers: { ...lock.specifiers, "jsr:@s/io@^1": "1.0.0" } });
  assertEquals(packages[1], { key: "jsr:@s/tar@0.1.4", integrity: "ab", needs: ["npm:a@1.2.0", "jsr:@s/io@1.0.0"] });
  assertEquals([...withNeeds(packages, ["jsr:@s/io@1.0.0"])].toSorted(), [
    "jsr:@s/io@1.0.0",
    "jsr:@s/tar@0.1.4",
    "npm:@x/b@2.0.0",
    "npm:a@1.2.0",
    "npm:peer@3.0.0",
  ]);
});

Deno.test("bundled packages: those imported for more than types, and what they need", () => {
  const npm = (name: string) => ({ specifier: `npm:/${name}`, npmPackage: name });
  const graph = {
    modules: [
      {
        specifier: "file:///a.ts",
        dependencies: [{ code: { specifier: "npm:a@1" }, type: { specifier: "npm:@types/a@1.0.0" } }, {}],
      },
      npm("a@1.2.0_peer@3.0.0"),
      npm("@types/a@1.0.0"),
    ],
    redirects: { "npm:a@1": "npm:/a@1.2.0_peer@3.0.0", "npm:@types/a@1.0.0": "npm:/@types/a@1.0.0" },
  };
  assertEquals([...bundledPackages(graph, lock)].toSorted(), ["npm:@x/b@2.0.0", "npm:a@1.2.0", "npm:peer@3.0.0"]);
});

Deno.test("bill of materials of this tree: valid, each locked package once, types and tests excluded", async () => {
  const text = await billOf({ version: "0.1.0", license: "MIT", deno: "2.9.6", at: built.at });
  assertEquals(faultsOf(text), []);
  const { components }: Bill = JSON.parse(text);
  const own: Lock = JSON.parse(await Deno.readTextFile("deno.lock"));
  assertEquals(components.length, 1 + lockedPackages(own).length);
  const named = (wanted: string) => components.filter(({ scope }) => scope === wanted).map(({ purl }) => `${purl}`);
  for (const name of ["valibot", "deno-std", "d3-time"]) assertMatch(named("required").join("\n"), RegExp(`/${name}@`));
  for (const name of ["axe-core", "fast-check", "pure-rand", "%40types/d3-time"]) {
    assertMatch(named("excluded").join("\n"), RegExp(`npm/${name}@`));
  }
  assertEquals(components.filter(({ licenses }) => licenses === undefined), []);
});
