// SPDX-License-Identifier: Apache-2.0
// What psutil 5.6.2 has, hostscope has: in the SDK, documented, compared in tests, and on the support page.

import { readFileSync } from "node:fs";
import * as sdk from "@hostscope/client";
import {
  createHost,
  type Host,
  HostscopeError,
  InvalidArgument,
  open,
  type Process,
  StatusError,
} from "@hostscope/client";
import { describeMethod, StatusCode, type Transport } from "@hostscope/proto";
import { Process as ProcessService } from "@hostscope/proto/gen/process";
import { Sensors } from "@hostscope/proto/gen/sensors";
import { System } from "@hostscope/proto/gen/system";
import { WinService } from "@hostscope/proto/gen/win_service";
import { expect } from "chai";
import {
  EXCEPTIONS,
  FUNCTIONS,
  LATER_PROCESS,
  PROCESS,
  WINDOWS_FUNCTIONS,
  WINDOWS_PROCESS,
  WINDOWS_SERVICE,
} from "./psutil-api.ts";
import { LINUX_CONSTANTS, OTHER_CONSTANTS } from "./psutil-constants.ts";
import { isExportDocumented, isMemberDocumented } from "./source-text.ts";
import { type SupportRow, supportRows } from "./support-matrix.ts";

/** psutil's name in hostscope's case. */
const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The service descriptors, as "System.CpuTimes". */
const RPCS = [System, ProcessService, Sensors, WinService].flatMap(({ methods }) =>
  methods.map((method) => describeMethod(method).path.replace("/hostscope.v1.", "").replace("/", ".")),
);

/** Arguments that come first, by place; all others are options. Values that are right as far as a client can tell. */
const BY_PLACE: Readonly<Record<string, readonly unknown[]>> = {
  disk_usage: ["/"],
  pid_exists: [1],
  wait_procs: [[]],
  win_service_get: ["x"],
  nice: [1],
  ionice: ["be", 4],
  rlimit: ["nofile", [1n, 1n]],
  cpu_affinity: [[0]],
  send_signal: [15],
};
const PLACED = new Set(["path", "pid", "procs", "name", "value", "ioclass", "resource", "limits", "cpus", "sig"]);

/** Attributes under the names of newer psutils. */
const LATER_NAMES: Readonly<Record<string, string>> = {
  netConnections: "connections",
  memoryFootprint: "memoryFullInfo",
};

const rows = supportRows();
const rowsOf = (psutil: string, owner: "host" | "process"): SupportRow[] =>
  rows.filter((row) => row.psutil === psutil && row.hostscope?.startsWith(`${owner}.`));

/** What only Windows has cannot be compared on Linux. */
const expected = ({ psutil }: SupportRow): string =>
  [...Object.keys(WINDOWS_FUNCTIONS), ...Object.keys(WINDOWS_PROCESS)].includes(psutil ?? "") ? "never" : "yes";

/** A host that is never reached: what fails before is about the arguments. */
function unreachableHost(): Host {
  const fail = () => Promise.reject(new StatusError(StatusCode.UNAVAILABLE, "nobody there"));
  const failing = { [Symbol.asyncIterator]: () => ({ next: fail }) };
  const transport: Transport = {
    unary: fail,
    serverStream: () => failing,
    bidiStream: () => failing,
    close: () => Promise.resolve(),
  };
  return createHost(transport);
}

async function errorOf(call: () => unknown): Promise<unknown> {
  try {
    const answer = call();
    if (typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer) {
      for await (const _ of answer as AsyncIterable<unknown>) break;
    } else {
      await answer;
    }
    return null;
  } catch (error) {
    return error;
  }
}

type Subject = Readonly<Record<string, (...args: unknown[]) => unknown>>;

function describeApi(
  title: string,
  names: Readonly<Record<string, readonly string[]>>,
  owner: "host" | "process",
): void {
  describe(title, () => {
    let host: Host;
    let local: Host;
    let subject: Subject;
    let process_: Process;
    before(async () => {
      host = unreachableHost();
      local = await open("local:");
      process_ = await local.process(process.pid);
      subject = (owner === "host" ? host : process_) as unknown as Subject;
    });
    after(() => Promise.all([host?.close(), local?.close()]));

    for (const [psutil, args] of Object.entries(names)) {
      const member = camel(psutil);
      it(`${psutil} is ${owner}.${member}, documented, compared and on the page`, () => {
        expect(member in subject, "implemented").to.equal(true);
        expect(isMemberDocumented(member), "documented").to.equal(true);
        const found = rowsOf(psutil, owner);
        expect(found.map(({ hostscope }) => hostscope)).to.include(`${owner}.${member}`);
        // That is, a test proved it on Linux; or only Windows can have it.
        for (const row of found) expect(row.linux, "compared with an oracle or on a fixture").to.equal(expected(row));
        for (const { rpc } of found) if (rpc !== null) expect(RPCS).to.include(rpc);
      });

      const options = args.filter((name) => !PLACED.has(name));
      if (options.length > 0) {
        it(`${psutil} takes ${options.join(" and ")}`, async () => {
          const placed = BY_PLACE[psutil] ?? [];
          // Some would wait for good.
          const call = (given: object) => errorOf(() => subject[member]?.(...placed, { ...given, timeoutMs: 500 }));
          for (const name of options) {
            const error = await call({ [camel(name)]: undefined });
            expect(error, String(error)).not.to.be.instanceOf(InvalidArgument);
            expect(await call({ [`${name}_`]: undefined }), "another name").to.be.instanceOf(InvalidArgument);
          }
        });
      }
    }
  });
}

describeApi("psutil's functions", { ...FUNCTIONS, ...WINDOWS_FUNCTIONS }, "host");
const { oneshot: _, ...methods } = PROCESS; // takes a function, in place of a context manager
describeApi(
  "psutil's methods of a process",
  { ...methods, oneshot: [], ...WINDOWS_PROCESS, ...LATER_PROCESS },
  "process",
);

describe("psutil's classes, exceptions and constants", () => {
  const has = sdk as unknown as Readonly<Record<string, unknown>>;

  it("Process and Popen come from a host", () => {
    for (const [psutil, hostscope] of [
      ["Process", "host.process"],
      ["Popen", "host.popen"],
    ] as const) {
      expect(rowsOf(psutil, "host").map((row) => row.hostscope)).to.deep.equal([hostscope]);
      expect(sdk.Host.prototype).to.have.property(hostscope.replace("host.", ""));
    }
  });

  it("a Windows service has all its values, compared, on the page and in the package's README", () => {
    const readme = readFileSync(new URL("../../packages/client/README.md", import.meta.url), "utf8");
    for (const name of WINDOWS_SERVICE) {
      const member = `service.${camel(name)}`;
      expect(isMemberDocumented(camel(name)), name).to.equal(true);
      const found = rows.filter(({ psutil, hostscope }) => psutil === name && hostscope === member);
      expect(
        found.map(({ windows }) => windows),
        name,
      ).to.deep.equal(["yes"]);
      expect(readme).to.match(new RegExp(`^\\| .*\`${name}\\(\\)\`.* \\| .*\`${member}(\\(\\))?\``, "m"));
    }
  });

  for (const [name, facts] of Object.entries(EXCEPTIONS)) {
    it(`${name} is a documented class that carries ${facts.length === 0 ? "nothing more" : facts.join(", ")}`, () => {
      const own = name === "Error" ? "HostscopeError" : name;
      const type = has[own] as new (message: string, facts: object) => HostscopeError;
      expect(isExportDocumented(own)).to.equal(true);
      const error = new type("x", { code: "internal", pid: 7, processName: "n", ppid: 1, seconds: 2 });
      expect(error).to.be.instanceOf(HostscopeError);
      const values: Record<string, unknown> = { pid: 7, name: "n", ppid: 1, seconds: 2 };
      for (const fact of facts) {
        // `name` of an Error is the name of its class.
        const member = fact === "name" ? "processName" : fact;
        expect((error as unknown as Record<string, unknown>)[member], fact).to.equal(values[fact]);
      }
    });
  }

  for (const name of [...LINUX_CONSTANTS, ...OTHER_CONSTANTS]) {
    it(`${name} is exported and documented`, () => {
      const own = name === "version_info" ? "versionInfo" : name;
      expect(Object.hasOwn(has, own), "exported").to.equal(true);
      expect(isExportDocumented(own), "documented").to.equal(true);
    });
  }
});

describe("The support page", () => {
  let host: Host;
  let works: { methods: readonly string[]; processAttributes: readonly string[] };
  before(async function () {
    if (process.platform !== "linux") this.skip();
    host = await open("local:", { allowExec: true });
    works = await host.hostInfo();
  });
  after(() => host?.close());

  it("has a row for every call of the schema, and none for another", () => {
    expect([...new Set(rows.flatMap(({ rpc }) => (rpc === null ? [] : [rpc])))].sort()).to.deep.equal([...RPCS].sort());
  });

  for (const { psutil, hostscope, rpc, linux } of rows) {
    it(`is right about ${psutil ?? hostscope ?? rpc}${rpc === null ? "" : ` (${rpc})`} on Linux: ${linux}`, () => {
      const isAttribute = rpc === "Process.Get" && hostscope?.startsWith("process.") === true;
      const member = hostscope?.split(".")[1] as string;
      const isValue = isAttribute && !["asDict", "oneshot", "isRunning"].includes(member);
      const field = LATER_NAMES[member] ?? member;
      if (isValue) expect(works.processAttributes.includes(field)).to.equal(linux === "yes");
      else if (rpc !== null) expect(works.methods.includes(rpc)).to.equal(linux === "yes");
      if (linux === "never" && rpc !== null && !isValue) expect(rpc).to.match(/^WinService\./);
      if (hostscope !== null) expect(isMemberDocumented(member), "documented").to.equal(true);
    });
  }

  it("says never only of what Linux cannot have", () => {
    const never = rows.filter(({ linux }) => linux === "never").map(({ hostscope, rpc }) => ({ hostscope, rpc }));
    const services = ({ rpc }: { rpc: string | null }) => rpc?.startsWith("WinService.") === true;
    expect(never.filter((row) => !services(row))).to.deep.equal([
      { hostscope: "process.numHandles", rpc: "Process.Get" },
    ]);
    expect(rows.filter(services).map(({ linux }) => linux)).to.not.include("yes");
  });
});
