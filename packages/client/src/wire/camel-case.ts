// SPDX-License-Identifier: Apache-2.0

/** A name of the schema as the SDK writes it: "cpu_percent" is "cpuPercent". */
export const camelCase = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
