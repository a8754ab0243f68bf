// SPDX-License-Identifier: Apache-2.0

/**
 * The environment for a program that is looked at or asked for a second opinion: without the sanitizers that these tests
 * may run under, for they keep memory that the program gave back and fill its address space.
 */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { LD_PRELOAD: _, ...environment } = process.env;
  return environment;
}
