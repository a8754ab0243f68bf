// SPDX-License-Identifier: Apache-2.0

import { compileDeclarations } from "./compile-schema.ts";

/** Every scalar type once as `name`, optional, repeated and as a map's value. */
const SCALARS =
  "double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string bytes".split(" ");

function everyScalar(label: string, suffix: string, from: number): string {
  return SCALARS.map((type, index) => `${label} ${type} ${type}_${suffix} = ${from + index};`).join("\n");
}

/** A schema with every kind of field, recursion, and names that are reserved words in C++ or TypeScript. */
export function compileAllTypes(): ReturnType<typeof compileDeclarations> {
  return compileDeclarations(`
    enum Mood {
      MOOD_UNSPECIFIED = 0;
      // Well.
      MOOD_GOOD = 1 [(hostscope.v1.text) = "good-text"];
      MOOD_SO_SO = 5;
    }
    message AllTypes {
      ${everyScalar("", "plain", 1)}
      ${everyScalar("optional", "maybe", 101)}
      ${everyScalar("repeated", "list", 201)}
      ${SCALARS.map((type, index) => `map<string, ${type}> ${type}_map = ${301 + index};`).join("\n")}
      map<int32, string> by_int32 = 401;
      map<uint64, AllTypes> by_uint64 = 402;
      map<bool, Mood> by_bool = 403;
      Mood mood = 501;
      optional Mood mood_maybe = 502;
      repeated Mood moods = 503;
      repeated int32 unpacked = 504 [packed = false];
      AllTypes child = 505;
      repeated AllTypes children = 506;
      Nested nested = 507;
      repeated Nested many = 508;
      oneof choice {
        string text = 601;
        Nested part = 602;
        Mood feeling = 603;
        int64 stdin = 604;
      }
      optional int64 exact_signed = 701 [(hostscope.v1.exact) = true];
      optional uint64 exact_unsigned = 702 [(hostscope.v1.exact) = true];
      optional sint64 exact_zigzag = 703 [(hostscope.v1.exact) = true];
      optional fixed64 exact_fixed = 704 [(hostscope.v1.exact) = true];
      repeated sfixed64 exact_list = 705 [(hostscope.v1.exact) = true];
      uint32 private = 801;
      uint32 reader = 802;
      uint32 tag = 803;
      uint32 minor = 804;
      message Nested {
        uint32 value = 1;
      }
    }
    message Empty {}
    service Everything {
      rpc Echo(AllTypes) returns (AllTypes);
      rpc Nothing(Empty) returns (stream Empty);
    }
  `);
}
