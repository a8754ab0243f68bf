// SPDX-License-Identifier: Apache-2.0
// The C++ sources of the addon, for binding.gyp and for the builds of scripts/.
const { readdirSync } = require("node:fs");
const { join, relative } = require("node:path");
const { unityFiles } = require("./unity.cjs");

/** What every addon is made of. */
const COMMON = ["src", "src/addon", "src/core", "src/encode", "src/handlers", "src/model"];

/** What each backend adds, beside what the others fall back on. */
const BACKENDS = {
  linux: [
    "src/posix",
    "src/linux",
    "src/unsupported/collector.cc",
    "src/unsupported/pipe_server.cc",
    "src/unsupported/system_service.cc",
    "src/unsupported/trusted_file.cc",
  ],
  windows: ["src/windows", "src/unsupported/collector.cc"],
  unsupported: ["src/unsupported"],
};

function filesOf(entry) {
  if (entry.endsWith(".cc")) return [entry];
  const names = readdirSync(join(__dirname, entry)).sort();
  return names.filter((name) => name.endsWith(".cc") && !name.endsWith("_test.cc")).map((name) => `${entry}/${name}`);
}

/** Sources of an addon with this backend, relative to this folder, without tests. */
function addonSources(backend) {
  if (!Object.hasOwn(BACKENDS, backend)) throw new Error(`there is no backend ${backend}`);
  return [...COMMON, ...BACKENDS[backend]].flatMap(filesOf);
}

module.exports = { addonSources };

/** What binding.gyp compiles, in the folder that it is in. */
function printUnityFiles(backend) {
  const sources = addonSources(backend).map((file) => file.slice("src/".length));
  const folder = process.cwd();
  for (const { path } of unityFiles(sources, join(folder, "build", "unity"))) {
    console.log(relative(folder, path).replaceAll("\\", "/"));
  }
}

if (require.main === module) printUnityFiles(process.argv[2]);
