// SPDX-License-Identifier: Apache-2.0

export { AgentStartError, type AgentStartReason } from "./agent-start-error.ts";
export { LIMITS, type Limits } from "./limits.ts";
export { DEFAULT_PORT, type ListenAddress, parseListenAddress } from "./listen-address.ts";
export { createLogger, type Logger } from "./log.ts";
export { OverheadBudget, type Pace } from "./overhead-budget.ts";
export { type Agent, type AgentOptions, createAgent } from "./server.ts";
