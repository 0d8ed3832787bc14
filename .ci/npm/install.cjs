// npm runs it after the installation, unless it was told not to. It replaces bin/tandem by a shell script, as the install.js of esbuild
// replaces its program: tandem then starts without Node, which takes longer to start than Deno, and is itself the process that
// receives signals. Paths are relative, because node_modules may be moved.
"use strict";
const { renameSync, writeFileSync } = require("node:fs");
const { join, relative } = require("node:path");
const { platform } = require("node:process");
const { findDeno, runArguments } = require("./start.cjs");

/** A text as one word of a shell. */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function replaceProgram() {
  const program = join(__dirname, "bin", "tandem");
  const lines = [
    "#!/bin/sh",
    'here=$(readlink -f -- "$0") && here=${here%/bin/tandem} || exit',
    `exec "$here"/${quoted(relative(__dirname, findDeno()))} ${runArguments.map(quoted).join(" ")} \\`,
    '  "$here/program/deno.json" "$here/program/main.js" "$@"',
    "",
  ];
  writeFileSync(`${program}.new`, lines.join("\n"), { mode: 0o755 });
  renameSync(`${program}.new`, program); // not written in place: with pnpm it is a link into a store
}

try {
  if (platform !== "win32") replaceProgram();
} catch {
  // bin/tandem stays as it is, and says what is wrong when it starts
}
