#!/usr/bin/env node
// Starts tandem. The npm package's bin/tandem, unless install.cjs has replaced it.
"use strict";
const { spawn } = require("node:child_process");
const { join } = require("node:path");
const process = require("node:process");
const { denoPackage, findDeno, runArguments } = require("../start.cjs");

function fail({ message }) {
  console.error(`tandem: cannot start Deno: ${message.split("\n")[0]}`);
  console.error(`It is in the package ${denoPackage}: install with optional dependencies. There is none for musl.`);
  process.exit(2);
}

function start() {
  const program = join(__dirname, "..", "program");
  const args = [...runArguments, join(program, "deno.json"), join(program, "main.js"), ...process.argv.slice(2)];
  // before the child is there: a signal in between would end this process alone
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  const child = spawn(findDeno(), args, { stdio: "inherit" });
  child.on("error", fail);
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

try {
  start();
} catch (error) {
  fail(error);
}
