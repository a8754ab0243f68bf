// SPDX-License-Identifier: Apache-2.0

import { createRequire } from "node:module";
import type { Server } from "@grpc/grpc-js";
import type { HealthImplementation } from "grpc-health-check";
import { caughtServices, type LazyMethod, lazyService, type MadeService } from "./lazy-service.ts";

/** The standard health service, grpc.health.v1: for the agent as a whole ("") and for each service by full name. */
export interface Health {
  /** Registers the service. */
  addTo(server: Server): void;
  /** Says whether calls are answered; those who watch are told at once. */
  setServing(serving: boolean): void;
}

const SERVICE = "grpc.health.v1.Health";
const METHODS: readonly LazyMethod[] = [
  { name: "Check", requestStream: false, responseStream: false },
  { name: "Watch", requestStream: false, responseStream: true },
  { name: "List", requestStream: false, responseStream: false },
];

/** Health of an agent with these services, by full name, not serving yet. */
export function createHealth(services: readonly string[]): Health {
  const names = ["", ...services];
  let isServing = false;
  let health: HealthImplementation | null = null;
  const tell = () => {
    for (const name of names) health?.setStatus(name, isServing ? "SERVING" : "NOT_SERVING");
  };
  const make = (): MadeService => {
    // Not an import: only who is asked for it pays for it, and then a call is waiting.
    const { HealthImplementation } = createRequire(import.meta.url)(
      "grpc-health-check",
    ) as typeof import("grpc-health-check");
    health = new HealthImplementation();
    tell();
    const own = health;
    const [made] = caughtServices((server) => own.addToServer(server as Server));
    if (made === undefined) throw new Error("the library of the health service gave none");
    return made;
  };
  const { definition, implementation } = lazyService(SERVICE, METHODS, make);
  return {
    addTo: (server) => server.addService(definition, implementation),
    setServing: (serving) => {
      isServing = serving;
      tell();
    },
  };
}
