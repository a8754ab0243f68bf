// SPDX-License-Identifier: Apache-2.0
#ifndef HOSTSCOPE_WIRE_WIRE_TYPE_H_
#define HOSTSCOPE_WIRE_WIRE_TYPE_H_

#include <cstdint>

namespace hostscope::wire {

// How a field's value is laid out. Groups are read over, never written.
enum class WireType : uint32_t { kVarint = 0, kFixed64 = 1, kLength = 2, kGroupStart = 3, kGroupEnd = 4, kFixed32 = 5 };

}  // namespace hostscope::wire

#endif  // HOSTSCOPE_WIRE_WIRE_TYPE_H_
