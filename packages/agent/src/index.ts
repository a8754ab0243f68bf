// SPDX-License-Identifier: Apache-2.0

export { AgentStartError, type AgentStartReason } from "./agent-start-error.ts";
export { AuditLog } from "./audit/audit-log.ts";
export { type Verification, verifyAudit } from "./audit/verify.ts";
export { OverheadBudget, type Pace } from "./budget/overhead-budget.ts";
export { LIMITS, type Limits } from "./config/limits.ts";
export { DEFAULT_PORT, type ListenAddress, parseListenAddress } from "./config/listen-address.ts";
export { createLogger, type Logger } from "./log.ts";
export { builtinPolicy } from "./policy/builtin-policy.ts";
export { type Entitlement, entitle } from "./policy/entitlement.ts";
export { type PlainCall, policyAllows } from "./policy/explain.ts";
export { METHODS, PERMISSIONS, permissionOfField } from "./policy/permissions.ts";
export type { Policy } from "./policy/policy.ts";
export { PolicyError } from "./policy/policy-error.ts";
export { loadPolicy, parsePolicy } from "./policy/policy-file.ts";
export { type Agent, type AgentOptions, createAgent } from "./serve/server.ts";
export type { Identity } from "./trust/identity.ts";
export { openTrust, type Trust } from "./trust/trust.ts";
