// SPDX-License-Identifier: Apache-2.0

import type { MethodDefinition, Server, ServiceDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";

/** A service that a library makes: what a server needs to serve it. */
export interface MadeService {
  readonly definition: ServiceDefinition;
  readonly implementation: UntypedServiceImplementation;
}

/** What is known of a method before its library is loaded. */
export interface LazyMethod {
  readonly name: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
}

/** What a library hands to a server, caught on its way. */
export function caughtServices(addTo: (server: Pick<Server, "addService">) => void): MadeService[] {
  const caught: MadeService[] = [];
  addTo({
    addService(definition, implementation) {
      caught.push({ definition, implementation });
    },
  });
  return caught;
}

type AnyMethod = MethodDefinition<unknown, unknown>;

/**
 * A service that is made with the first call to it. Libraries that read their schema from text take a third of the
 * agent's time to start, and most agents are never asked for what they serve.
 */
export function lazyService(service: string, methods: readonly LazyMethod[], make: () => MadeService): MadeService {
  let made: MadeService | undefined;
  const real = () => {
    made ??= make();
    return made;
  };
  const definition: Record<string, AnyMethod> = {};
  const implementation: Record<string, (...call: unknown[]) => void> = {};
  for (const { name, requestStream, responseStream } of methods) {
    const method = () => real().definition[name] as AnyMethod;
    definition[name] = {
      path: `/${service}/${name}`,
      requestStream,
      responseStream,
      requestSerialize: (value) => method().requestSerialize(value),
      requestDeserialize: (bytes) => method().requestDeserialize(bytes),
      responseSerialize: (value) => method().responseSerialize(value),
      responseDeserialize: (bytes) => method().responseDeserialize(bytes),
    };
    implementation[name] = (...call) => {
      const { implementation: own } = real();
      const handler = (own[name] ?? own[method().originalName ?? ""]) as (...args: unknown[]) => void;
      handler(...call);
    };
  }
  return { definition, implementation };
}
