// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from "node:fs";
import { expect } from "chai";
import { PLATFORM_TEXTS } from "../gen/hostscope/v1/host_plain.ts";
import {
  ADDRESS_FAMILY_TEXTS,
  CONNECTION_STATUS_TEXTS,
  NIC_DUPLEX_TEXTS,
  SOCKET_TYPE_TEXTS,
} from "../gen/hostscope/v1/network_plain.ts";
import { RLIMIT_RESOURCE_TEXTS } from "../gen/hostscope/v1/process_control_plain.ts";
import {
  IOPRIO_CLASS_TEXTS,
  IOPRIO_LEVEL_TEXTS,
  PROCESS_STATUS_TEXTS,
} from "../gen/hostscope/v1/process_values_plain.ts";
import * as sdk from "../index.ts";

const constants: Readonly<Record<string, unknown>> = { ...sdk };

/** psutil 5.6.2's, in the order of its documentation; PROCFS_PATH is the option `procfs` of open(). */
const PSUTIL = `
  POSIX LINUX WINDOWS MACOS FREEBSD NETBSD OPENBSD BSD SUNOS AIX OSX
  STATUS_RUNNING STATUS_SLEEPING STATUS_DISK_SLEEP STATUS_STOPPED STATUS_TRACING_STOP STATUS_ZOMBIE STATUS_DEAD
  STATUS_WAKE_KILL STATUS_WAKING STATUS_PARKED STATUS_IDLE STATUS_LOCKED STATUS_WAITING STATUS_SUSPENDED
  REALTIME_PRIORITY_CLASS HIGH_PRIORITY_CLASS ABOVE_NORMAL_PRIORITY_CLASS NORMAL_PRIORITY_CLASS IDLE_PRIORITY_CLASS
  BELOW_NORMAL_PRIORITY_CLASS IOPRIO_CLASS_NONE IOPRIO_CLASS_RT IOPRIO_CLASS_BE IOPRIO_CLASS_IDLE
  IOPRIO_VERYLOW IOPRIO_LOW IOPRIO_NORMAL IOPRIO_HIGH
  RLIM_INFINITY RLIMIT_AS RLIMIT_CORE RLIMIT_CPU RLIMIT_DATA RLIMIT_FSIZE RLIMIT_LOCKS RLIMIT_MEMLOCK RLIMIT_MSGQUEUE
  RLIMIT_NICE RLIMIT_NOFILE RLIMIT_NPROC RLIMIT_RSS RLIMIT_RTPRIO RLIMIT_RTTIME RLIMIT_SIGPENDING RLIMIT_STACK
  CONN_ESTABLISHED CONN_SYN_SENT CONN_SYN_RECV CONN_FIN_WAIT1 CONN_FIN_WAIT2 CONN_TIME_WAIT CONN_CLOSE CONN_CLOSE_WAIT
  CONN_LAST_ACK CONN_LISTEN CONN_CLOSING CONN_NONE CONN_DELETE_TCB CONN_IDLE CONN_BOUND
  AF_LINK NIC_DUPLEX_FULL NIC_DUPLEX_HALF NIC_DUPLEX_UNKNOWN POWER_TIME_UNKNOWN POWER_TIME_UNLIMITED
`
  .trim()
  .split(/\s+/);

describe("Constants", () => {
  it("are all that psutil has", () => {
    expect(Object.keys(constants)).to.include.members(PSUTIL);
  });

  const upper = (text: string) => text.replaceAll("-", "_").toUpperCase();
  const enums: [string, readonly string[], (text: string) => string][] = [
    ["process status", PROCESS_STATUS_TEXTS, (text) => `STATUS_${upper(text)}`],
    ["connection status", CONNECTION_STATUS_TEXTS, (text) => `CONN_${text}`],
    ["address family", ADDRESS_FAMILY_TEXTS, upper],
    ["socket type", SOCKET_TYPE_TEXTS, upper],
    ["duplex", NIC_DUPLEX_TEXTS, (text) => `NIC_DUPLEX_${upper(text)}`],
    ["I/O class", IOPRIO_CLASS_TEXTS, (text) => `IOPRIO_CLASS_${upper(text)}`],
    ["I/O level", IOPRIO_LEVEL_TEXTS, (text) => `IOPRIO_${upper(text)}`],
    ["resource", RLIMIT_RESOURCE_TEXTS, (text) => `RLIMIT_${upper(text)}`],
    ["platform", PLATFORM_TEXTS, upper],
  ];
  for (const [what, texts, nameOf] of enums) {
    it(`have one for every ${what} of the schema`, () => {
      for (const text of texts.filter((candidate) => candidate !== "unspecified")) {
        expect(constants, text).to.have.property(nameOf(text), text);
      }
    });
  }

  it("tell POSIX systems and BSDs from others", () => {
    expect([...sdk.BSD]).to.have.members(["freebsd", "netbsd", "openbsd"]);
    expect(PLATFORM_TEXTS.filter((platform) => !sdk.POSIX.has(platform))).to.deep.equal(["unspecified", "windows"]);
  });

  it("have the version of the package", () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(sdk.version).to.equal(version);
    expect(sdk.versionInfo.join(".")).to.equal(version);
  });
});
