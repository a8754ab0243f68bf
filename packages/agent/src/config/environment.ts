// SPDX-License-Identifier: Apache-2.0

/**
 * Variables that put other code into the agent, weaken its TLS, or make grpc-js log headers, tokens included. Those that
 * name authorities of the public web are not among them: an agent trusts the authorities of its flags, and no others.
 */
export const WEAKENING_VARIABLES = [
  "NODE_OPTIONS",
  "NODE_PATH",
  "OPENSSL_CONF",
  "GRPC_TRACE",
  "GRPC_VERBOSITY",
  "GRPC_NODE_TRACE",
  "GRPC_NODE_VERBOSITY",
  "GRPC_NODE_DEBUG_SEND_ERROR_DETAILS",
  "GRPC_SSL_CIPHER_SUITES",
  "LD_PRELOAD",
  "LD_LIBRARY_PATH",
  "LD_AUDIT",
] as const;

/** Those that are set. */
export function weakeningVariables(environment: NodeJS.ProcessEnv): string[] {
  return WEAKENING_VARIABLES.filter((name) => (environment[name] ?? "") !== "");
}
