import { assertEquals, assertThrows } from "@std/assert";
import fs from "node:fs";
import { guardDescriptors } from "../../../lib/exec/slot/descriptors.ts";

type Functions = Record<string, (...args: unknown[]) => unknown>;

const functions = fs as unknown as Functions;

const reading = ["read", "readSync", "readv", "readvSync", "readFile", "readFileSync"];
const cutting = ["ftruncate", "ftruncateSync", "close", "closeSync"];
const writing = ["write", "writeSync", "writev", "writevSync"];
const writingFiles = ["writeFile", "writeFileSync", "appendFile", "appendFileSync"];
const streaming = ["createReadStream", "createWriteStream"];
const all = [...reading, ...cutting, ...writing, ...writingFiles, ...streaming];

/** What reaches node:fs of a call: its functions only note it while `act` runs. */
function guarded(act: (call: (name: string, ...args: unknown[]) => unknown[]) => void, ours?: readonly number[]): void {
  const own = all.map((name) => functions[name]);
  let came: unknown[] = [];
  for (const name of all) {
    functions[name] = function (this: unknown, ...args) {
      assertEquals(this === fs, true, name);
      came = args;
      return `${name} is done`;
    };
  }
  try {
    guardDescriptors(fs, ours);
    act((name, ...args) => {
      assertEquals(functions[name](...args), `${name} is done`);
      return came;
    });
  } finally {
    all.forEach((name, at) => functions[name] = own[at]);
  }
}

Deno.test("descriptors: nothing reads, closes or cuts stdin; nothing closes or cuts stdout", () => {
  guarded((call) => {
    for (const name of [...reading, ...cutting]) {
      assertThrows(() => call(name, 0, "rest"), Error, "descriptor 0 is not for jobs");
    }
    for (const name of cutting) {
      assertThrows(() => call(name, 1, "rest"), Error, "descriptor 1 is not for jobs: the run uses it");
    }
  });
});

Deno.test("descriptors: what is written to stdout goes to stderr, with all else as it was", () => {
  guarded((call) => {
    for (const name of [...writing, ...writingFiles]) assertEquals(call(name, 1, "text", 5), [2, "text", 5]);
  });
});

Deno.test("descriptors: files, paths and other descriptors are the job's", () => {
  guarded((call) => {
    for (const name of all) {
      for (const file of [2, 3, "1", "0", "a.txt", undefined]) {
        if (streaming.includes(name)) assertEquals(call(name, "path", { fd: file }), ["path", { fd: file }]);
        else assertEquals(call(name, file, "rest"), [file, "rest"]);
      }
    }
    for (const name of [...writing, ...writingFiles]) assertEquals(call(name, 0, "rest"), [0, "rest"]);
    for (const name of reading) assertEquals(call(name, 1, "rest"), [1, "rest"]);
  });
});

Deno.test("descriptors: a stream's options may name a descriptor", () => {
  guarded((call) => {
    for (const name of streaming) {
      assertThrows(() => call(name, "ignored", { fd: 0 }), Error, "descriptor 0 is not for jobs");
      const options = { fd: 1, encoding: "utf8" };
      assertEquals(call(name, "ignored", options), ["ignored", { fd: 2, encoding: "utf8" }]);
      assertEquals(options.fd, 1, "the job's own object");
      assertEquals(call(name, "path", "utf8"), ["path", "utf8"]);
      assertEquals(call(name, "path"), ["path", undefined]);
    }
  });
});

Deno.test("descriptors: others that the run uses are no job's", () => {
  guarded((call) => {
    for (const file of [5, 6]) {
      for (const name of all) {
        const args = streaming.includes(name) ? ["path", { fd: file }] : [file, "rest"];
        assertThrows(() => call(name, ...args), Error, `descriptor ${file} is not for jobs: the run uses it`);
      }
    }
    for (const name of writing) assertEquals(call(name, 7, "rest"), [7, "rest"]);
  }, [5, 6]);
});
