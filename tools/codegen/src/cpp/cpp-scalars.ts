// SPDX-License-Identifier: Apache-2.0

import { ScalarType } from "@bufbuild/protobuf";

/** How one scalar type looks in generated C++. */
export interface CppScalar {
  /** Suffix of wire::Writer's put_ and wire::Reader's get_ methods. */
  readonly method: string;
  /** Type of a setter's parameter. */
  readonly parameter: string;
  /** Type of a member of a request struct. */
  readonly member: string;
  /** Initial value of such a member, "" for none. */
  readonly initial: string;
  /** Condition under which an implicit-presence value is written. */
  readonly isSet: string;
  /** Wire type, as a member of wire::WireType. */
  readonly wireType: string;
  /** C++ function from an element of a packed list to its wire form. */
  readonly packed: string;
}

/** The C++ side of a scalar type. */
export function cppScalar(type: ScalarType): CppScalar {
  return SCALARS[type];
}

/** Function from a signed number or an enum to the varint that protobuf has for it. */
export function signExtend(cppType: string): string {
  return `&wire::Writer::sign_extend<${cppType}>`;
}

function number(method: string, cppType: string, packed: string, wireType = "kVarint"): CppScalar {
  return { method, parameter: cppType, member: cppType, initial: " = 0", isSet: "value != 0", wireType, packed };
}

function text(method: string): CppScalar {
  return {
    method,
    parameter: "std::string_view",
    member: "std::string",
    initial: "",
    isSet: "!value.empty()",
    wireType: "kLength",
    packed: "",
  };
}

/** Minus zero is not the default: only a number whose bits are all zero may be left out. */
function real(method: string, cppType: string, bits: string, wireType: string): CppScalar {
  const asBits = `std::bit_cast<${bits}>(value)`;
  return {
    ...number(method, cppType, `[](${cppType} value) { return ${asBits}; }`, wireType),
    isSet: `${asBits} != 0`,
  };
}

const UNSIGNED = "[](uint64_t value) { return value; }";
const UNSIGNED_32 = "[](uint32_t value) { return value; }";
const ZIGZAG = "&wire::Writer::zigzag";

const SCALARS: Readonly<Record<ScalarType, CppScalar>> = {
  [ScalarType.DOUBLE]: real("double", "double", "uint64_t", "kFixed64"),
  [ScalarType.FLOAT]: real("float", "float", "uint32_t", "kFixed32"),
  [ScalarType.INT64]: number("int64", "int64_t", signExtend("int64_t")),
  [ScalarType.UINT64]: number("uint64", "uint64_t", UNSIGNED),
  [ScalarType.INT32]: number("int32", "int32_t", signExtend("int32_t")),
  [ScalarType.FIXED64]: number("fixed64", "uint64_t", UNSIGNED, "kFixed64"),
  [ScalarType.FIXED32]: number("fixed32", "uint32_t", UNSIGNED_32, "kFixed32"),
  [ScalarType.BOOL]: { ...number("bool", "bool", UNSIGNED), initial: " = false", isSet: "value" },
  [ScalarType.STRING]: text("string"),
  [ScalarType.BYTES]: text("bytes"),
  [ScalarType.UINT32]: number("uint32", "uint32_t", UNSIGNED),
  [ScalarType.SFIXED32]: number("sfixed32", "int32_t", UNSIGNED_32, "kFixed32"),
  [ScalarType.SFIXED64]: number("sfixed64", "int64_t", UNSIGNED, "kFixed64"),
  [ScalarType.SINT32]: number("sint32", "int32_t", ZIGZAG),
  [ScalarType.SINT64]: number("sint64", "int64_t", ZIGZAG),
};
