// sources: linux/file_system_usage.cc linux/path_below.cc core/status.cc core/errno_name.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/file_system_usage.h"

#include <string>

#include "core/check.h"

using namespace hostscope;
using namespace hostscope::linux_os;

namespace {

struct statvfs space(std::uint64_t blocks, std::uint64_t free, std::uint64_t available, std::uint64_t unit) {
  struct statvfs made {};
  made.f_blocks = blocks;
  made.f_bfree = free;
  made.f_bavail = available;
  made.f_frsize = unit;
  made.f_bsize = 7;  // of no meaning here
  return made;
}

void counts_as_psutil() {
  auto numbers = space(1000, 400, 350, 4096);
  numbers.f_files = 50;
  numbers.f_ffree = 40;
  numbers.f_favail = 39;
  const auto usage = usage_of(numbers);
  CHECK(usage && usage->total == 1000u * 4096 && usage->used == 600u * 4096 && usage->free == 350u * 4096);
  CHECK(usage->percent == 63.2);  // 600 of 950
  CHECK(usage->inodes == 50u && usage->inodes_free == 39u);
}

void survives_odd_file_systems() {
  const auto nothing = usage_of(space(0, 0, 0, 4096));
  CHECK(nothing && nothing->total == 0 && nothing->percent == 0 && !nothing->inodes && !nothing->inodes_free);
  const auto more_free = usage_of(space(10, 20, 5, 1));
  CHECK(more_free && more_free->used == 0 && more_free->free == 5 && more_free->percent == 0);
  CHECK(usage_of(space(~std::uint64_t{0}, 0, 0, 1))->total == ~std::uint64_t{0});
  CHECK(!usage_of(space(~std::uint64_t{0}, 0, 0, 2)) && !usage_of(space(1, 0, ~std::uint64_t{0}, 4096)));
}

void names_what_is_wrong() {
  const auto reason = [&](const char* rootfs, const char* path) {
    const auto usage = file_system_usage(rootfs, path);
    return usage ? ErrorReason::kUnspecified : usage.status().reason;
  };
  for (const char* rootfs : {"/", "/proc"}) {
    CHECK(reason(rootfs, "/") == ErrorReason::kUnspecified && reason(rootfs, "//.") == ErrorReason::kUnspecified);
    CHECK(reason(rootfs, "/nowhere at all") == ErrorReason::kNotFound);
  }
  CHECK(reason("/", "/proc/stat/x") == ErrorReason::kNotFound && reason("/proc", "/stat/x") == ErrorReason::kNotFound);
  CHECK(reason("/", ("/tmp/" + std::string(300, 'x')).c_str()) == ErrorReason::kInvalidArgument);
  CHECK(reason("/proc", "/stat") == ErrorReason::kUnspecified);
  CHECK(reason("/nowhere at all", "/") == ErrorReason::kOsError);
}

}  // namespace

int main() {
  counts_as_psutil();
  survives_odd_file_systems();
  names_what_is_wrong();
}
