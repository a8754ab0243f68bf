// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { requireNode } from "./node-version.mjs";

describe("the Node that is needed", () => {
  for (const version of ["20.19.0", "20.20.2", "22.12.0", "23.0.0", "24.1.0", "100.0.0"]) {
    it(`can be ${version}`, () => requireNode(version));
  }
  for (const version of ["4.0.0", "18.20.4", "20.18.3", "20.9.0", "21.7.3", "22.11.0"]) {
    it(`cannot be ${version}, which the message names with what to install`, () => {
      expect(() => requireNode(version)).to.throw(`this is Node ${version}; hostscope needs Node 20.19 or later`);
    });
  }
});
