// SPDX-License-Identifier: Apache-2.0

import type { DescField } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";

/** Whether absent and zero are the same: neither optional, nor a message, nor part of a oneof, nor repeated. */
export function hasImplicitPresence(field: DescField): boolean {
  return (
    (field.fieldKind === "scalar" || field.fieldKind === "enum") && field.presence === FeatureSet_FieldPresence.IMPLICIT
  );
}
