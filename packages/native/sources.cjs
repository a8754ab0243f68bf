// SPDX-License-Identifier: Apache-2.0
// Prints the C++ sources of the given folders for binding.gyp, without tests.
const { readdirSync } = require("node:fs");

for (const folder of process.argv.slice(2)) {
  for (const name of readdirSync(folder).sort()) {
    if (name.endsWith(".cc") && !name.endsWith("_test.cc")) console.log(`${folder}/${name}`);
  }
}
