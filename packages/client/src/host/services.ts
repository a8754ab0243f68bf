// SPDX-License-Identifier: Apache-2.0

import { WinServiceGetRequestSchema, WinServiceIterRequestSchema } from "@hostscope/proto/gen/win_service";
import { type CallOptions, checkOptions, describe } from "../call-options.ts";
import { InvalidArgument } from "../errors.ts";
import { decodeWinServiceGetResponse, decodeWinServiceIterResponse } from "../gen/hostscope/v1/win_service_plain.ts";
import { METHODS } from "../methods.ts";
import type { AskService } from "../windows-service/control.ts";
import { type ReadService, WindowsService } from "../windows-service/windows-service.ts";
import { encode } from "../wire/encode.ts";
import { HostCgroups } from "./cgroups.ts";

/** psutil's functions about Windows services. On any other platform they fail with Unsupported. */
export abstract class HostServices extends HostCgroups {
  /** All Windows services, in the order of the service control manager; drivers are not services. */
  async *winServiceIter(options?: CallOptions): AsyncGenerator<WindowsService, void, undefined> {
    checkOptions("Host.winServiceIter", options);
    const request = encode(WinServiceIterRequestSchema, {});
    const { services } = await this.ask(METHODS.winServiceIter, decodeWinServiceIterResponse, options, request);
    for (const { name, displayName } of services) {
      yield this.#service(name, displayName);
    }
  }

  /** The Windows service with this name (not its display name). NoSuchProcess if there is none, as in psutil. */
  async winServiceGet(name: string, options?: CallOptions): Promise<WindowsService> {
    checkOptions("Host.winServiceGet", options);
    if (typeof name !== "string") {
      throw new InvalidArgument(`Host.winServiceGet takes the name of a service, not ${describe(name)}`);
    }
    const request = encode(WinServiceGetRequestSchema, { name });
    const { service } = await this.ask(METHODS.winServiceGet, decodeWinServiceGetResponse, options, request);
    const { name: itsName, displayName } = this.present(service, "winServiceGet");
    return this.#service(itsName, displayName);
  }

  #service(name: string, displayName: string): WindowsService {
    const read: ReadService = async (attributes, options) => {
      const request = encode(WinServiceGetRequestSchema, { name, attributes: [...attributes] });
      const { service } = await this.ask(METHODS.winServiceGet, decodeWinServiceGetResponse, options, request);
      return this.present(service, "winServiceGet");
    };
    const ask: AskService = (method, request, decode, options, workMs) =>
      this.ask(method, decode, options, request, workMs);
    return new WindowsService(name, displayName, this.target, read, ask);
  }
}
