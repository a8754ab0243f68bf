// SPDX-License-Identifier: Apache-2.0

import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StatusCode } from "@hostscope/proto";
import { expect } from "chai";
import { statusOf } from "./spec/status-of.ts";
import { temporaryFolder } from "./spec/temporary-folder.ts";
import { defaultStateDirectory, StateDirectory } from "./state-directory.ts";

describe("The state directory", () => {
  const folder = temporaryFolder();
  const refused = async (path: string, why: RegExp) => {
    const failed = await statusOf(new StateDirectory(path).part("part"));
    expect(failed, path).to.include({ code: StatusCode.FAILED_PRECONDITION, reason: "PRECONDITION" });
    expect(failed.error.message).to.match(why);
    expect(failed.error.message).not.to.contain(path);
  };

  it("is where the service manager, the user's session or the system puts such files", () => {
    expect(defaultStateDirectory({ RUNTIME_DIRECTORY: "/run/a:/run/b" }, 0)).to.equal("/run/a");
    expect(defaultStateDirectory({ RUNTIME_DIRECTORY: "" }, 0)).to.equal("/run/hostscope");
    expect(defaultStateDirectory({ RUNTIME_DIRECTORY: "a", XDG_RUNTIME_DIR: "/run/user/5" }, 5)).to.equal(
      "/run/user/5/hostscope",
    );
    expect(defaultStateDirectory({ XDG_RUNTIME_DIR: "b" }, 5)).to.equal(join(tmpdir(), "hostscope-5"));
    expect(defaultStateDirectory({}, null)).to.equal(join(tmpdir(), "hostscope"));
  });

  it("is made at the first use, for nobody else", async () => {
    const path = join(folder(), "a", "b");
    const state = new StateDirectory(path);
    expect(state.has("part")).to.equal(false);
    expect(readdirSync(folder())).to.deep.equal([]);
    expect(await state.part("part")).to.equal(join(path, "part"));
    for (const made of [path, join(path, "part")]) expect(statSync(made).mode & 0o777).to.equal(0o700);
    expect(state.has("part")).to.equal(true);
  });

  it("is made again if it was cleaned away, and used by several at once", async () => {
    const path = join(folder(), "a");
    const state = new StateDirectory(path);
    await state.part("part");
    rmSync(path, { recursive: true });
    const all = await Promise.all([state, new StateDirectory(path), state].map((each) => each.part("part")));
    expect(new Set(all)).to.deep.equal(new Set([join(path, "part")]));
  });

  it("is refused if others can write to it, or to the folder that it is in", async () => {
    for (const mode of [0o720, 0o702, 0o777, 0o1777]) {
      const path = join(folder(), `${mode}`);
      mkdirSync(path);
      chmodSync(path, mode);
      await refused(path, /can be written to by others/);
      if (mode !== 0o1777) await refused(join(path, "below"), /others can replace it/);
    }
    mkdirSync(join(folder(), "sound"));
    mkdirSync(join(folder(), "sound", "part"));
    chmodSync(join(folder(), "sound", "part"), 0o777);
    await refused(join(folder(), "sound"), /can be written to by others/);
  });

  it("is refused if it is a link or no directory", async () => {
    mkdirSync(join(folder(), "target"), { mode: 0o700 });
    symlinkSync(join(folder(), "target"), join(folder(), "link"));
    symlinkSync(join(folder(), "nothing"), join(folder(), "dangling"));
    writeFileSync(join(folder(), "file"), "");
    for (const name of ["link", "dangling", "file"]) await refused(join(folder(), name), /is no directory/);
    await refused(join(folder(), "file", "below"), /cannot be used: ENOTDIR/);
    expect(existsSync(join(folder(), "nothing"))).to.equal(false);
    expect(readdirSync(join(folder(), "target"))).to.deep.equal([]);
  });

  it("is refused if it belongs to another user", async function () {
    if (process.getuid?.() !== 0) {
      Object.assign(this.test as Mocha.Test, { skipReason: "it takes root" });
      this.skip();
    }
    const path = join(folder(), "foreign");
    mkdirSync(path, { mode: 0o700 });
    chownSync(path, 65_534, 65_534);
    await refused(path, /belongs to another user/);
  });
});
