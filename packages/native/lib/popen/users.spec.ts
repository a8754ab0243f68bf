// SPDX-License-Identifier: Apache-2.0

import { expect } from "chai";
import { findUser } from "./users.ts";

const PASSWD = `root:x:0:0:root:/root:/bin/bash
web:x:33:44:web:/var/www:/usr/sbin/nologin
33:x:1033:1044:a name that is a number:/:/bin/false
broken:x:abc:1
short:x
nobody:x:65534:65534::/:
nochange:x:4294967295:1::/:
`;

describe("Users for Popen", () => {
  it("are found by name, and by number if nobody has it as a name", () => {
    expect(findUser(PASSWD, "web")).to.deep.equal({ uid: 33, gid: 44 });
    expect(findUser(PASSWD, "33")).to.deep.equal({ uid: 1033, gid: 1044 });
    expect(findUser(PASSWD, "65534")).to.deep.equal({ uid: 65534, gid: 65534 });
    expect(findUser(PASSWD, "0")).to.deep.equal({ uid: 0, gid: 0 });
  });

  it("are never root by mistake", () => {
    for (const user of [
      "",
      " root",
      "Root",
      "-1",
      "00",
      "0x0",
      "1.0",
      "broken",
      "short",
      "nochange",
      "4294967295",
      "x",
    ]) {
      expect(findUser(PASSWD, user), user).to.equal(null);
    }
    expect(findUser("", "")).to.equal(null);
    expect(findUser("\n\n", "")).to.equal(null);
  });
});
