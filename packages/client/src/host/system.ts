// SPDX-License-Identifier: Apache-2.0

import { type CallOptions, checkOptions } from "../call-options.ts";
import {
  decodeBootTimeResponse,
  decodeHostInfoResponse,
  decodeUsersResponse,
  type User,
  type HostInfo as WireHostInfo,
} from "../gen/hostscope/v1/host_plain.ts";
import { METHODS } from "../methods.ts";
import { attributesOfWire, type ProcessAttributeName } from "../process/attributes.ts";
import { HostSensors } from "./sensors.ts";

/** What a host is and what can be asked of it. */
export type HostInfo = Omit<WireHostInfo, "processAttributes"> & {
  /** Process attributes that can have a value there; any other is Unsupported. */
  readonly processAttributes: ProcessAttributeName[];
};

/** psutil's functions about a host's boot and sessions, and what hostscope tells of the host itself. */
export abstract class HostSystem extends HostSensors {
  /** When the host booted, seconds since the epoch; moves when its clock is set. */
  async bootTime(options?: CallOptions): Promise<number> {
    checkOptions("Host.bootTime", options);
    return (await this.ask(METHODS.bootTime, decodeBootTimeResponse, options)).bootTime;
  }

  /** Login sessions, in the system's order; none where the host keeps no record. */
  async users(options?: CallOptions): Promise<User[]> {
    checkOptions("Host.users", options);
    return (await this.ask(METHODS.users, decodeUsersResponse, options)).users;
  }

  /** Name, platform, versions and constants of the host, and what can be asked of it. */
  async hostInfo(options?: CallOptions): Promise<HostInfo> {
    checkOptions("Host.hostInfo", options);
    const { hostInfo } = await this.ask(METHODS.hostInfo, decodeHostInfoResponse, options);
    const info = this.present(hostInfo, "hostInfo");
    return { ...info, processAttributes: attributesOfWire(info.processAttributes) };
  }
}
