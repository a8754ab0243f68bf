// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hostscope::linux_os {

// The numbers of ioprio_set(2). The kernel's own <linux/ioprio.h> is not C++ in some releases: it has parameters that
// are called "class".
enum IoPriorityClass { kIoNone = 0, kIoRealTime = 1, kIoBestEffort = 2, kIoIdle = 3 };
inline constexpr int kIoWhoProcess = 1;
inline constexpr int kIoLevelMask = 7;  // the bits above are hints to the device since 6.5, and were always 0 before
inline constexpr int kIoClassShift = 13, kIoClassMask = 7;

}  // namespace hostscope::linux_os
