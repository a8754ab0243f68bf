// SPDX-License-Identifier: Apache-2.0

import { release } from "node:os";

const [MAJOR = 0, MINOR = 0] = release().split(".").map(Number);

/**
 * Whether whoever holds a process is told how it ended: since Linux 6.15. Before, that is known of one's own children,
 * and of those that their parent lets lie for a while.
 */
export const KNOWS_EXIT_CODES = MAJOR > 6 || (MAJOR === 6 && MINOR >= 15);
