// SPDX-License-Identifier: Apache-2.0
// The C++ sources of the addon, for binding.gyp and for the builds of scripts/.
const { readdirSync } = require("node:fs");
const { join } = require("node:path");

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

if (require.main === module) for (const file of addonSources(process.argv[2])) console.log(file);
