// SPDX-License-Identifier: Apache-2.0

import { buildAddon, isAddonBuilt } from "./build-addon.mjs";
import { arePackagesInstalled, installPackages } from "./install-packages.mjs";
import { requireNode } from "./node-version.mjs";
import { Interrupted, SetupError, say } from "./say.mjs";
import { withLock } from "./setup-lock.mjs";

async function setUp(needsAddon) {
  requireNode();
  const isReady = () => arePackagesInstalled() && (!needsAddon || isAddonBuilt());
  if (isReady()) return;
  await withLock(async () => {
    if (!arePackagesInstalled()) await installPackages();
    if (needsAddon && !isAddonBuilt()) await buildAddon();
  });
}

/**
 * Makes the checkout ready to run: packages, and the addon unless told otherwise. Does nothing if it is.
 * False if it could not, which has then been explained on stderr.
 */
export async function setUpOrExplain({ addon = true } = {}) {
  try {
    await setUp(addon);
    return true;
  } catch (error) {
    if (error instanceof Interrupted) process.kill(process.pid, error.signal);
    else if (error instanceof SetupError) say(error.message);
    else throw error;
    return false;
  }
}
