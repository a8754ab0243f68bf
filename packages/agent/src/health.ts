// SPDX-License-Identifier: Apache-2.0

import type { Server } from "@grpc/grpc-js";
import { HealthImplementation } from "grpc-health-check";

/** The standard health service, grpc.health.v1: for the agent as a whole ("") and for each service by full name. */
export interface Health {
  /** Registers the service. */
  addTo(server: Server): void;
  /** Says whether calls are answered; those who watch are told at once. */
  setServing(serving: boolean): void;
}

/** Health of an agent with these services, by full name, not serving yet. */
export function createHealth(services: readonly string[]): Health {
  const names = ["", ...services];
  const health = new HealthImplementation(Object.fromEntries(names.map((name) => [name, "NOT_SERVING"])));
  return {
    addTo: (server) => health.addToServer(server),
    setServing: (serving) => {
      for (const name of names) health.setStatus(name, serving ? "SERVING" : "NOT_SERVING");
    },
  };
}
