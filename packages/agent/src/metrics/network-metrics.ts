// SPDX-License-Identifier: Apache-2.0

import type { NetIoCounters } from "@hostscope/proto/gen/network";
import { System } from "@hostscope/proto/gen/system";
import { type Collector, shownRows } from "./collector.ts";
import { counter, type Family, gauge } from "./family.ts";

const { netIoCounters, netIfStats } = System.method;

const METRICS: readonly [() => Family, (nic: NetIoCounters) => bigint | undefined][] = [
  [() => counter("node_network_receive_bytes_total", "Bytes received."), (nic) => nic.bytesRecv],
  [() => counter("node_network_transmit_bytes_total", "Bytes sent."), (nic) => nic.bytesSent],
  [() => counter("node_network_receive_packets_total", "Packets received."), (nic) => nic.packetsRecv],
  [() => counter("node_network_transmit_packets_total", "Packets sent."), (nic) => nic.packetsSent],
  [() => counter("node_network_receive_errs_total", "Errors while receiving."), (nic) => nic.errin],
  [() => counter("node_network_transmit_errs_total", "Errors while sending."), (nic) => nic.errout],
  [() => counter("node_network_receive_drop_total", "Received packets that were dropped."), (nic) => nic.dropin],
  [() => counter("node_network_transmit_drop_total", "Packets dropped instead of sent."), (nic) => nic.dropout],
];

/** Traffic of the network interfaces. */
export const netdevCollector: Collector = {
  name: "netdev",
  async collect(reader) {
    // As the kernel counts: Prometheus undoes resets itself, for each of its readers.
    const { nics } = await reader.unary(netIoCounters, { pernic: true, nowrap: false });
    const shown = shownRows(nics, ({ name }) => name);
    return METRICS.map(([family, read]) => {
      const made = family();
      for (const nic of shown) made.add(read(nic), { device: nic.name });
      return made;
    });
  },
};

const BYTES_PER_MEGABIT = 125_000n;

/**
 * State of the network interfaces. Not node_network_up, which is about the operational state: loopback and many tunnels
 * have none and count as down there, though they run.
 */
export const netclassCollector: Collector = {
  name: "netclass",
  async collect(reader) {
    const { nics } = await reader.unary(netIfStats, {});
    const running = gauge("hostscope_network_running", "Whether the interface is up and running.");
    const mtu = gauge("node_network_mtu_bytes", "Largest packet.");
    const speed = gauge("node_network_speed_bytes", "Speed of the link, bytes per second.");
    for (const nic of shownRows(nics, ({ name }) => name)) {
      const labels = { device: nic.name };
      running.add(nic.isup ? 1 : 0, labels);
      mtu.add(nic.mtu, labels);
      speed.add(nic.speed === undefined ? undefined : nic.speed * BYTES_PER_MEGABIT, labels);
    }
    return [running, mtu, speed];
  },
};
