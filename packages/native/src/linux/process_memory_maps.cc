// SPDX-License-Identifier: Apache-2.0
#include "linux/memory_map_rows.h"
#include "linux/process_root.h"
#include "linux/process_target.h"

namespace hostscope::linux_os {

int LinuxProcessReader::read_smaps(Target& target, SmapsParser& parser) {
  const auto may_go_on = [&] {
    return target.guard.enter(target.pid, static_cast<std::uint8_t>(ProcessSource::kSmaps));
  };
  if (!may_go_on()) return ETIMEDOUT;
  bool stopped = false;
  const int error = reader_.read_pieces(target.directory(), "smaps", [&](std::string_view piece) {
    parser.feed(piece);
    // Each piece is progress: only one that does not come means that the reader is stuck.
    stopped = !may_go_on();
    return !stopped;
  });
  if (stopped) return ETIMEDOUT;
  parser.end();
  // Who has given its memory up already has an empty list, in some kernels by this error.
  return error == ESRCH && parser.empty() ? 0 : error;
}

bool LinuxProcessReader::read_memory_maps(Target& target) {
  auto& row = target.row;
  constexpr AttributeSet kGives{A::kMemoryMaps};
  MemoryMapRows rows(row.memory_maps, target.query.memory_maps_grouped,
                     [&](const std::string& path) { return exists_in_root(target.directory(), path); });
  SmapsParser parser([&](const SmapsRegion& region) { rows.add(region); });
  if (!target.stat.is_kernel_thread()) {
    if (const int error = read_smaps(target, parser); error != 0) return fail(target, kGives, error);
    if (parser.empty()) {
      const Alive state = alive(target);
      if (state == Alive::kNo) return false;
      if (state == Alive::kZombie) {
        row.fail(kGives, AttributeOutcome::kZombie);
        return true;
      }
    }
    if (rows.overflowed()) {
      row.fail(kGives, AttributeOutcome::kFailed, E2BIG);
      return true;
    }
    target.shares = parser.sums();
  }
  row.present.add(A::kMemoryMaps);
  return true;
}

}  // namespace hostscope::linux_os
