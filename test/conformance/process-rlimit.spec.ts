// SPDX-License-Identifier: Apache-2.0

import * as hostscope from "@hostscope/client";
import { InvalidArgument, NoSuchProcess, RLIM_INFINITY, RLIMIT_NOFILE } from "@hostscope/client";
import { expect } from "chai";
import { describeOnEveryTransport } from "../support/every-transport.ts";
import { pythonProcess, type TestProcess, zombieProcess } from "../support/hostile-process.ts";
import { PsutilOracle } from "../support/psutil-oracle.ts";
import { requirePsutil } from "../support/python.ts";

type Resource = typeof RLIMIT_NOFILE;

/** psutil's names of all resources. */
const NAMES = [
  ...["AS", "CORE", "CPU", "DATA", "FSIZE", "LOCKS", "MEMLOCK", "MSGQUEUE", "NICE", "NOFILE", "NPROC", "RSS"],
  ...["RTPRIO", "RTTIME", "SIGPENDING", "STACK"],
];
const constant = (name: string) => (hostscope as unknown as Record<string, Resource>)[`RLIMIT_${name}`] as Resource;

describeOnEveryTransport("Resource limits against psutil", (host) => {
  let psutil: PsutilOracle;
  let target: TestProcess;
  before(async function () {
    psutil = new PsutilOracle(requirePsutil.call(this));
  });
  after(() => psutil?.stop());
  afterEach(() => target?.stop());
  // As text: the numbers may be larger than JSON's.
  const theirs = async (pid: number, name: string) =>
    (await psutil.value<string[]>(`[str(n) for n in psutil.Process(${pid}).rlimit(psutil.RLIMIT_${name})]`)).map(
      BigInt,
    );

  it("all sixteen, as they are", async () => {
    target = await pythonProcess("");
    const subject = await host().process(target.pid);
    for (const name of NAMES) {
      expect(await subject.rlimit(constant(name)), name).to.deep.equal(await theirs(target.pid, name));
    }
  });

  it("all sixteen with values of their own, soft apart from hard", async () => {
    // Lowering is everybody's right; what stands lower already stays. 4 more than 2^53 is no JavaScript number.
    const set = NAMES.filter((name) => name !== "AS").map((name, index) => [name, index + 5]);
    target = await pythonProcess(
      `
import resource, json
numbers = dict(AS=9, CORE=4, CPU=0, DATA=2, FSIZE=1, LOCKS=10, MEMLOCK=8, MSGQUEUE=12, NICE=13, NOFILE=7, NPROC=6, RSS=5,
               RTPRIO=14, RTTIME=15, SIGPENDING=11, STACK=3)
def lower(number, soft, hard):
    _, most = resource.getrlimit(number)
    if most != -1: hard = min(hard, most)
    resource.setrlimit(number, (min(soft, hard), hard))
lower(numbers["AS"], 2**53 + 1, 2**62 + 3)
for name, number in json.loads(sys.argv[1]):
    lower(numbers[name], 2**53 + 1 if name in ("FSIZE", "DATA", "RSS", "STACK") else 1000 + number, 2**53 + 2 * number + 1)
`,
      [JSON.stringify(set)],
    );
    const subject = await host().process(target.pid);
    const large: bigint[] = [];
    for (const name of NAMES) {
      const ours = await subject.rlimit(constant(name));
      expect(ours, name).to.deep.equal(await theirs(target.pid, name));
      large.push(...ours.filter((limit) => limit > 2n ** 53n));
    }
    expect(large.length).to.be.above(4);
    expect(large.some((limit) => limit % 2n === 1n)).to.equal(true);
  });

  it("infinity is psutil's RLIM_INFINITY", async () => {
    target = await pythonProcess("import resource\nresource.setrlimit(4, (0, resource.getrlimit(4)[1]))");
    const subject = await host().process(target.pid);
    expect(await psutil.value("psutil.RLIM_INFINITY")).to.equal(Number(RLIM_INFINITY));
    const [soft, hard] = await subject.rlimit(constant("CORE"));
    expect(soft).to.equal(0n);
    expect(hard).to.equal((await theirs(target.pid, "CORE"))[1]);
    const address = await subject.rlimit(constant("AS"));
    expect(address).to.deep.equal(await theirs(target.pid, "AS"));
  });

  it("a zombie still has its limits, as in psutil", async () => {
    const parent = await zombieProcess();
    try {
      const zombie = await host().process(parent.zombie);
      expect(await zombie.rlimit(RLIMIT_NOFILE)).to.deep.equal(await theirs(parent.zombie, "NOFILE"));
    } finally {
      await parent.stop();
    }
  });

  it("an unknown resource is refused, and a process that has ended has none", async () => {
    target = await pythonProcess("");
    const subject = await host().process(target.pid);
    const unknown = await subject.rlimit("files" as Resource).catch((error: unknown) => error);
    expect(unknown).to.be.instanceOf(InvalidArgument);
    await target.stop();
    const ended = await subject.rlimit(RLIMIT_NOFILE).catch((error: unknown) => error);
    expect(ended).to.be.instanceOf(NoSuchProcess);
  });
});
