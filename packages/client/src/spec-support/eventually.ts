// SPDX-License-Identifier: Apache-2.0

/** Waits until a condition holds; fails after ten seconds with what it was waiting for. */
export async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited ten seconds for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
