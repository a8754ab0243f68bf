// SPDX-License-Identifier: Apache-2.0
// What smaps sums up to: memory_full_info, and memory_percent of uss, pss or swap.
#include "linux/process_target.h"

namespace hostscope::linux_os {
namespace {

std::optional<std::uint64_t> share_of(const model::ProcessMemoryFullInfo& shares, gen::MemoryType type) {
  if (type == gen::MemoryType::kUss) return shares.uss;
  return type == gen::MemoryType::kPss ? shares.pss : shares.swap;
}

// Kernel threads and zombies have no memory of their own, and so nothing to sum.
constexpr model::ProcessMemoryFullInfo kNothing{.uss = 0, .pss = 0, .swap = 0};

}  // namespace

bool LinuxProcessReader::read_memory_shares(Target& target) {
  const auto gives = target.wanted_from_shares();
  auto& row = target.row;
  if (!target.shares && target.stat.is_kernel_thread()) target.shares = kNothing;
  if (!target.shares) {
    if (!target.enter(ProcessSource::kSmapsRollup, gives)) return true;
    SmapsParser parser;
    const auto rollup = reader_.read_record(target.directory(), "smaps_rollup");
    if (rollup.error == 0) {
      parser.feed(rollup.text);
      parser.end();
    } else if (!gone(rollup.error)) {
      return fail(target, gives, rollup.error);
    } else if (const int error = read_smaps(target, parser); error != 0) {
      // Not every kernel sums up by itself, and none does for a process that has given its memory up.
      return fail(target, gives, error);
    }
    if (parser.empty() && alive(target) == Alive::kNo) return false;
    target.shares = parser.empty() ? kNothing : parser.sums();
  }
  if (target.wants(A::kMemoryFullInfo)) {
    row.memory_full_info = *target.shares;
    row.present.add(A::kMemoryFullInfo);
  }
  if (gives.has(A::kMemoryPercent)) fill_memory_percent(target, share_of(*target.shares, target.query.memtype));
  return true;
}

}  // namespace hostscope::linux_os
