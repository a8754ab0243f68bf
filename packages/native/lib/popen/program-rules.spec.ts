// SPDX-License-Identifier: Apache-2.0

import { create } from "@bufbuild/protobuf";
import { StatusCode } from "@hostscope/proto";
import { PopenStartSchema } from "@hostscope/proto/gen/popen";
import { expect } from "chai";
import { planProgram } from "./program-plan.ts";
import { programRules } from "./program-rules.ts";

const onWindows = programRules("win32");
const onLinux = programRules("linux");

describe("What systems want of a program", () => {
  it("are paths that do not depend on where the agent is", () => {
    for (const path of ["C:\\a.exe", "c:/a b.exe", "\\\\server\\share\\a.exe", "\\\\?\\C:\\a.exe"]) {
      expect(onWindows.isAbsolute(path), path).to.equal(true);
    }
    for (const path of ["a.exe", "C:a.exe", "\\a.exe", "/a.exe", "", "..\\a.exe"]) {
      expect(onWindows.isAbsolute(path), path).to.equal(false);
    }
    expect([onLinux.isAbsolute("/bin/a"), onLinux.isAbsolute("C:\\a")]).to.deep.equal([true, false]);
    expect([onLinux.root, /^[A-Z]:\\$/.test(onWindows.root)]).to.deep.equal(["/", true]);
  });

  it("is a file that no shell is needed for", () => {
    expect(onWindows.isProgram("C:\\a.exe", "MZ\x90\0")).to.equal(true);
    expect(onWindows.isProgram("C:\\a.scr", null)).to.equal(true);
    // Whatever stands in it, a shell would run it by its name.
    for (const name of ["a.bat", "a.CMD", "a.bat ", "a.cmd. ."])
      expect(onWindows.isProgram(`C:\\${name}`, "MZ\x90\0"), name).to.equal(false);
    for (const head of ["#!/b", "\x7fELF", "[ext", ""]) expect(onWindows.isProgram("C:\\a.exe", head)).to.equal(false);
    expect(onLinux.isProgram("/a.bat", "#!/b")).to.equal(true);
    expect(onLinux.isProgram("/a", "MZ\x90\0")).to.equal(false);
  });

  it("are names of variables that are one to Windows, and two to others", async () => {
    const codeOf = (rules: typeof onLinux, init: object) =>
      planProgram(create(PopenStartSchema, init), "/", rules).then(
        () => 0,
        (error) => error.code,
      );
    const env = { Path: "a", PATH: "b" };
    expect(await codeOf(onLinux, { args: ["/bin/true"], env })).to.equal(0);
    expect(await codeOf(onWindows, { args: ["C:\\true"], env })).to.equal(StatusCode.INVALID_ARGUMENT);
    expect(await codeOf(onWindows, { args: ["C:\\true"], username: "root" })).to.equal(StatusCode.UNIMPLEMENTED);
  });
});
