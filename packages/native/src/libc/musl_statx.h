// SPDX-License-Identifier: Apache-2.0
// statx() for musl before 1.2.5, which has it not. Put before each source of a build with such a musl.
#pragma once

#include <linux/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

inline int statx(int folder, const char* path, int flags, unsigned mask, struct statx* out) {
  return static_cast<int>(syscall(SYS_statx, folder, path, flags, mask, out));
}
