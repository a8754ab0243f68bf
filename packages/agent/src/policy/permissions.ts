// SPDX-License-Identifier: Apache-2.0

import { type DescField, type DescMessage, type DescMethod, getOption } from "@bufbuild/protobuf";
import { describeMethod, type HiddenAttributes, type MethodDescriptor } from "@hostscope/proto";
import { Sensitivity, sensitive } from "@hostscope/proto/gen/options";
import { ProcessInfoSchema } from "@hostscope/proto/gen/process_info";
import { hostscopeServices } from "../serve/services.ts";

/** Permission to ask whether the agent serves: the standard health service. */
export const HEALTH = "agent.health";
/** Permission to read the schema from the agent: the standard reflection services. */
export const REFLECTION = "agent.reflection";

/** What shows fields of a sensitivity. Content is what a caller sends and gets back itself: its call is the grant. */
const SHOWN_BY: Readonly<Record<Sensitivity, string | null>> = {
  [Sensitivity.UNSPECIFIED]: null,
  [Sensitivity.ENVIRON]: "process.secrets.environ",
  [Sensitivity.CMDLINE]: "process.secrets.cmdline",
  [Sensitivity.PATHS]: "process.detail",
  [Sensitivity.NETWORK]: "net.connections.read",
  [Sensitivity.CONTENT]: null,
};

/** Every method of hostscope. */
export const METHODS: readonly MethodDescriptor[] = hostscopeServices.flatMap((service) =>
  service.methods.map(describeMethod),
);

/** Every permission there is, sorted: those of methods, those of fields, and the agent's own. */
export const PERMISSIONS: readonly string[] = [
  ...new Set([
    ...METHODS.map(({ permission }) => permission),
    ...Object.values(SHOWN_BY).filter((permission) => permission !== null),
    HEALTH,
    REFLECTION,
  ]),
].sort();

/** The permission that shows a field besides that of its method; null if it needs none. */
export function permissionOfField(field: DescField): string | null {
  return SHOWN_BY[getOption(field, sensitive)] ?? null;
}

/** Attributes of processes that need a permission of their own. An attribute has the number of its field. */
const SENSITIVE_ATTRIBUTES: readonly HiddenAttributes[] = [...new Set(Object.values(SHOWN_BY))]
  .filter((permission) => permission !== null)
  .map((permission) => ({
    permission,
    attributes: ProcessInfoSchema.fields
      .filter((field) => permissionOfField(field) === permission)
      .map(({ number }) => number),
  }));

/** What is kept back from a caller with these permissions. */
export function hiddenFrom(has: (permission: string) => boolean): readonly HiddenAttributes[] {
  return SENSITIVE_ATTRIBUTES.filter(({ permission }) => !has(permission));
}

/** Paths of the methods whose answers can hold what needs a permission of its own. */
export const SHOWING: ReadonlySet<string> = new Set(
  hostscopeServices
    .flatMap(({ methods }): readonly DescMethod[] => methods)
    .filter(({ output }) => holdsSensitive(output, new Set()))
    .map((desc) => describeMethod(desc).path),
);

function holdsSensitive(message: DescMessage, seen: Set<DescMessage>): boolean {
  if (seen.has(message)) return false;
  seen.add(message);
  return message.fields.some((field) => {
    const inner = "message" in field ? field.message : undefined;
    return permissionOfField(field) !== null || (inner !== undefined && holdsSensitive(inner, seen));
  });
}

const ACTING = METHODS.filter(({ mutates }) => mutates);

/** Permissions whose calls change something, so that a reason can be required. */
export const WITH_REASON: readonly string[] = PERMISSIONS.filter((name) =>
  ACTING.some(({ permission }) => permission === name),
);

/** Of these, those whose calls act on processes that are there, so that conditions on them can be set. */
export const WITH_TARGETS: readonly string[] = WITH_REASON.filter((name) => name.startsWith("process.control."));

/** The one permission whose calls send signals. */
export const SIGNAL = "process.control.signal";
