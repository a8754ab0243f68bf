// SPDX-License-Identifier: Apache-2.0

import { isGenerated } from "../lib/repo-files.mjs";

const SOURCE = /\.(ts|mjs|cjs|cc|h|py|proto|sh)$|^\.ci\/run$/;
const LINE = /^(\/\/|#) SPDX-License-Identifier: Apache-2\.0$/;

/** One line says under which licence a file is; it stands first, or after the line that a program reads. */
export const licenceLine = {
  name: "licence line",
  inspect: (files) =>
    files
      .filter(({ path }) => SOURCE.test(path) && !isGenerated(path))
      .filter(({ text }) => {
        const [first = "", second = ""] = text.split("\n");
        return !LINE.test(/^#!|^\/\/ (windows )?sources: /.test(first) ? second : first);
      })
      .map(({ path }) => `${path}: must begin with its SPDX-License-Identifier line`),
  bad: [
    ["packages/client/src/a.ts", "export const a = 1;\n"],
    ["packages/native/src/a.cc", "// SPDX-License-Identifier: MIT\n"],
    [".ci/run", "#!/usr/bin/env bash\nset -e\n"],
  ],
  good: [
    ["packages/client/src/a.ts", "// SPDX-License-Identifier: Apache-2.0\n"],
    [".ci/run", "#!/usr/bin/env bash\n# SPDX-License-Identifier: Apache-2.0\n"],
    ["packages/native/src/a_test.cc", "// sources: a.cc\n// SPDX-License-Identifier: Apache-2.0\n"],
    ["packages/native/src/b_test.cc", "// windows sources: b.cc\n// SPDX-License-Identifier: Apache-2.0\n"],
    ["packages/client/src/gen/a.ts", "// @generated\n"],
  ],
};
