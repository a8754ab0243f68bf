// SPDX-License-Identifier: Apache-2.0

import {
  create,
  type DescMessage,
  type DescMethod,
  fromBinary,
  type MessageInitShape,
  toBinary,
} from "@bufbuild/protobuf";
import { StatusCode, StatusError } from "@hostscope/proto";
import { Process } from "@hostscope/proto/gen/process";
import { ProcessStatus } from "@hostscope/proto/gen/process_values";
import { Sensors } from "@hostscope/proto/gen/sensors";
import { System } from "@hostscope/proto/gen/system";
import { expect } from "chai";
import { fakeTransport } from "../spec/fake-transport.ts";
import type { Collector } from "./collector.ts";
import { cpuCollector } from "./cpu-metrics.ts";
import { diskstatsCollector, isPartition } from "./disk-metrics.ts";
import { expose } from "./exposition.ts";
import { filesystemCollector } from "./filesystem-metrics.ts";
import { meminfoCollector } from "./memory-metrics.ts";
import { netclassCollector, netdevCollector } from "./network-metrics.ts";
import { processCollector } from "./process-metrics.ts";
import { Reader } from "./reader.ts";
import { batteryCollector, fanCollector, temperatureCollector } from "./sensor-metrics.ts";

type Answers = ReadonlyMap<string, (request: Uint8Array) => Uint8Array>;

/** What a method answers, whatever it is asked. */
function answer<O extends DescMessage>(
  method: DescMethod & { output: O },
  response: MessageInitShape<O> | ((request: Uint8Array) => MessageInitShape<O>),
): [string, (request: Uint8Array) => Uint8Array] {
  const path = `/${method.parent.typeName}/${method.name}`;
  const respond = typeof response === "function" ? response : () => response;
  return [path, (request) => toBinary(method.output, create(method.output, respond(request)))];
}

/** The series a collector makes of these answers, one a line, without the texts around them. */
async function series(collector: Collector, ...answers: [string, (request: Uint8Array) => Uint8Array][]) {
  const known: Answers = new Map(answers);
  const respond = (path: string, request: Uint8Array) => {
    const method = known.get(path);
    if (method === undefined) throw new StatusError(StatusCode.UNIMPLEMENTED, path);
    return method(request);
  };
  const transport = fakeTransport({
    unary: async ({ path }, request) => respond(path, request),
    serverStream: async function* ({ path }, request) {
      yield respond(path, request);
    },
  });
  const families = await collector.collect(new Reader(transport, 5_000, new AbortController().signal));
  const lines = expose(families, "text").split("\n");
  return lines.filter((line) => line !== "" && !line.startsWith("#"));
}

describe("collectors of metrics", () => {
  it("tell CPU time by mode, without modes that the platform lacks", async () => {
    const collector = cpuCollector();
    const cpus = [{ cpu: 3, user: 2, system: 1, idle: 10.02, iowait: 0.5, guest: 0.25 }];
    expect(await series(collector, answer(System.method.cpuTimes, { cpus }))).to.deep.equal([
      'node_cpu_seconds_total{cpu="3",mode="user"} 2',
      'node_cpu_seconds_total{cpu="3",mode="system"} 1',
      'node_cpu_seconds_total{cpu="3",mode="idle"} 10.02',
      'node_cpu_seconds_total{cpu="3",mode="iowait"} 0.5',
      'node_cpu_guest_seconds_total{cpu="3",mode="user"} 0.25',
    ]);
    const back = [{ cpu: 3, user: 2, system: 1, idle: 10.01 }];
    expect(await series(collector, answer(System.method.cpuTimes, { cpus: back }))).to.include(
      'node_cpu_seconds_total{cpu="3",mode="idle"} 10.02',
    );
  });

  it("have nothing to say about what is absent", async () => {
    const answers = [answer(System.method.virtualMemory, {}), answer(System.method.swapMemory, {})] as const;
    expect(await series(meminfoCollector, ...answers)).to.deep.equal([]);
  });

  it("tell of whole disks, by their own names", async () => {
    const disks = ["sda", "sda1", "nvme0n1", "nvme0n1p12", "loop3", "ram0", "dm-0", "md127", 'odd"\n'].map((name) => ({
      name,
      readCount: 1n,
      readTime: 1_500n,
    }));
    const lines = await series(diskstatsCollector, answer(System.method.diskIoCounters, { disks }));
    const devices = lines.filter((line) => line.startsWith("node_disk_reads_completed_total"));
    expect(devices).to.deep.equal(
      ["sda", "nvme0n1", "dm-0", "md127", 'odd\\"\\n'].map(
        (device) => `node_disk_reads_completed_total{device="${device}"} 1`,
      ),
    );
    expect(lines).to.include('node_disk_read_time_seconds_total{device="sda"} 1.5');
    expect(lines.join()).not.to.contain("io_time");
  });

  it("know a partition by its disk", () => {
    const names = new Set(["sda", "mmcblk0", "loop1", "xp", "7"]);
    const parts = ["sda1", "sda", "mmcblk0p1", "mmcblk01", "loop12", "loop1p1", "xp1", "7", "", "xpp1"];
    expect(parts.filter((name) => isPartition(name, names))).to.deep.equal(["sda1", "mmcblk0p1", "loop1p1", "xp1"]);
  });

  it("are bounded, whatever there is", async () => {
    const nics = Array.from({ length: 5_000 }, (_, i) => ({ name: `veth${i}`, bytesSent: 1n }));
    nics.unshift({ name: "x".repeat(5_000), bytesSent: 1n });
    const lines = await series(netdevCollector, answer(System.method.netIoCounters, { nics }));
    expect(lines.filter((line) => line.startsWith("node_network_transmit_bytes_total"))).to.have.lengthOf(1_000);
    expect(lines.join()).not.to.contain("xxx");
  });

  it("tell of links, without a speed that is not known", async () => {
    const nics = [
      { name: "eth0", isup: true, mtu: 1500, speed: 1000n },
      { name: "lo", isup: true, mtu: 65536 },
    ];
    expect(await series(netclassCollector, answer(System.method.netIfStats, { nics }))).to.deep.equal([
      'hostscope_network_running{device="eth0"} 1',
      'hostscope_network_running{device="lo"} 1',
      'node_network_mtu_bytes{device="eth0"} 1500',
      'node_network_mtu_bytes{device="lo"} 65536',
      'node_network_speed_bytes{device="eth0"} 125000000',
    ]);
  });

  it("tell of file systems that hold files, and which could not be read", async () => {
    const mount = (mountpoint: string, fstype: string, device?: string) => ({
      mountpoint,
      fstype,
      opts: mountpoint === "/cd" ? "ro,nosuid" : "rw",
      ...(device === undefined ? {} : { device }),
    });
    const asked: string[] = [];
    const partitions = [
      mount("/", "overlay", "overlay"),
      mount("/proc", "proc", "proc"),
      mount("/net", "autofs"),
      mount("/dev/shm", "tmpfs", "tmpfs"),
      mount("/var/lib/docker/overlay2/x", "ext4", "/dev/sdb"),
      mount("/layer", "overlay", "overlay"),
      mount("/cd", "udf", "/dev/sr0"),
      mount("/dead", "nfs4", "filer:/x"),
      mount("/cd", "udf", "/dev/sr0"),
    ];
    const lines = await series(
      filesystemCollector,
      answer(System.method.diskPartitions, { partitions }),
      answer(System.method.diskUsage, (request) => {
        const { path } = fromBinary(System.method.diskUsage.input, request);
        asked.push(path);
        if (path === "/dead") throw new StatusError(StatusCode.DEADLINE_EXCEEDED, "no answer");
        return { diskUsage: { total: 100n, used: 60n, free: 30n } };
      }),
    );
    expect(asked).to.deep.equal(["/", "/cd", "/dead", "/cd"]);
    const cd = '{device="/dev/sr0",fstype="udf",mountpoint="/cd"}';
    expect(lines.filter((line) => line.includes("/cd"))).to.deep.equal([
      `node_filesystem_size_bytes${cd} 100`,
      `node_filesystem_free_bytes${cd} 40`,
      `node_filesystem_avail_bytes${cd} 30`,
      `node_filesystem_readonly${cd} 1`,
      `node_filesystem_device_error${cd} 0`,
    ]);
    expect(lines.filter((line) => line.includes("/dead"))).to.deep.equal([
      'node_filesystem_readonly{device="filer:/x",fstype="nfs4",mountpoint="/dead"} 0',
      'node_filesystem_device_error{device="filer:/x",fstype="nfs4",mountpoint="/dead"} 1',
    ]);
  });

  it("tell sensors of one name apart", async () => {
    const temperatures = [
      { label: "Composite", current: 40, high: 80 },
      { current: 30 },
      { label: "Composite", current: 41 },
    ];
    const chips = [{ name: "nvme", temperatures }];
    expect(await series(temperatureCollector, answer(Sensors.method.sensorsTemperatures, { chips }))).to.deep.equal([
      'node_hwmon_temp_celsius{chip="nvme",sensor="Composite"} 40',
      'node_hwmon_temp_celsius{chip="nvme",sensor="temp2"} 30',
      'node_hwmon_temp_celsius{chip="nvme",sensor="Composite #2"} 41',
      'node_hwmon_temp_max_celsius{chip="nvme",sensor="Composite"} 80',
    ]);
    const fans = answer(Sensors.method.sensorsFans, { chips: [{ name: "dell", fans: [{ current: 0 }] }] });
    expect(await series(fanCollector, fans)).to.deep.equal(['node_hwmon_fan_rpm{chip="dell",sensor="fan1"} 0']);
    const batteries = answer(Sensors.method.sensorsBattery, { batteries: [{ percent: 99.5, powerPlugged: false }] });
    expect(await series(batteryCollector, batteries)).to.deep.equal([
      'node_power_supply_capacity{power_supply="battery"} 99.5',
      'hostscope_battery_power_plugged{power_supply="battery"} 0',
    ]);
  });

  it("tell of processes by state and by name, kernel threads as one", async () => {
    const row = (pid: bigint, ppid: bigint, name: string, status: ProcessStatus) => ({
      ref: { pid, start: pid },
      ppid,
      name,
      status,
      cpuTimes: { user: 0.1, system: 0.2 },
      memoryInfo: { rss: ppid === 2n || pid === 2n ? 0n : 1_000n },
      numThreads: 1,
    });
    const processes = [
      row(1n, 0n, "init", ProcessStatus.SLEEPING),
      row(2n, 0n, "kthreadd", ProcessStatus.SLEEPING),
      row(9n, 2n, "kworker/0:1-events", ProcessStatus.IDLE),
      row(10n, 1n, "", ProcessStatus.UNSPECIFIED),
      { ...row(11n, 1n, "x".repeat(200), ProcessStatus.DISK_SLEEP), memoryInfo: undefined, cpuTimes: undefined },
    ] as MessageInitShape<typeof Process.method.list.output>["processes"] & object;
    const lines = await series(processCollector(), answer(Process.method.list, { processes }));
    expect(lines.filter((line) => !line.includes("group"))).to.deep.equal([
      'hostscope_processes{state="sleeping"} 2',
      'hostscope_processes{state="idle"} 1',
      'hostscope_processes{state="unknown"} 1',
      'hostscope_processes{state="disk-sleep"} 1',
      "node_processes_pids 5",
      "node_processes_threads 5",
    ]);
    expect(lines).to.include('hostscope_process_group_processes{group="kernel threads"} 2');
    expect(lines).to.include('hostscope_process_group_cpu_seconds_total{group="kernel threads"} 0.6');
    expect(lines).to.include('hostscope_process_group_processes{group="unnamed"} 1');
    expect(lines).to.include(`hostscope_process_group_resident_memory_bytes{group="${"x".repeat(64)}"} 0`);
  });
});
