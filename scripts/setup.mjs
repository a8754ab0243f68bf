// SPDX-License-Identifier: Apache-2.0
// Makes a fresh clone ready to run; the other scripts do this themselves.

import { setUpOrExplain } from "./lib/set-up.mjs";

if (!(await setUpOrExplain())) process.exitCode = 1;
