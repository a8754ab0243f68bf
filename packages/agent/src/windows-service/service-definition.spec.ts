// SPDX-License-Identifier: Apache-2.0

import { join } from "node:path";
import { expect } from "chai";
import { forService } from "./service-definition.ts";

describe("Flags of a service", () => {
  it("mean the same from the folder that services start in", () => {
    const flags = ["--config", "agent.yaml", "--listen=127.0.0.1:1", "--listen", "npipe:////./pipe/x", "--allow-exec"];
    expect(forService([...flags, "--protect=a,b", "--state-dir=/var/x"])).to.deep.equal([
      `--config=${join(process.cwd(), "agent.yaml")}`,
      "--listen=127.0.0.1:1",
      "--listen=npipe:////./pipe/x",
      "--allow-exec",
      "--protect=a",
      "--protect=b",
      "--state-dir=/var/x",
    ]);
    expect(forService([])).to.deep.equal([]);
  });

  it("are flags of an agent that runs for long", () => {
    expect(() => forService(["--exit-with-parent"])).to.throw("--exit-with-parent is not for a service");
    expect(() => forService(["--version"])).to.throw("not for a service");
    expect(() => forService(["--listne=x"])).to.throw("did you mean --listen?");
  });
});
