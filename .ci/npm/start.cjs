// How tandem is started: under the Deno that npm has installed beside it. A file of the npm package.
"use strict";
const { dirname, join } = require("node:path");
const { arch, platform } = require("node:process");

/** The package with Deno's executable for this platform, as install_api.cjs of the package "deno" names it. */
const denoPackage = `@deno/${platform}-${arch}${platform === "linux" ? "-glibc" : ""}`;

/** Deno's executable itself: the program of the package "deno" passes no signal on. */
function findDeno() {
  const paths = [dirname(require.resolve("deno/package.json"))];
  const folder = dirname(require.resolve(`${denoPackage}/package.json`, { paths }));
  return join(folder, platform === "win32" ? "deno.exe" : "deno");
}

module.exports = { denoPackage, findDeno, runArguments: require("./run_arguments.json") };
