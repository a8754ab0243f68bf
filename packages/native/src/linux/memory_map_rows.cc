// SPDX-License-Identifier: Apache-2.0
#include "linux/memory_map_rows.h"

#include <algorithm>
#include <optional>

#include "core/saturating_sum.h"
#include "linux/process_root.h"

namespace hostscope::linux_os {
namespace {

using core::saturating_sum;
using Value = std::optional<std::uint64_t>;

// Of all rows of one process: half of what a client takes in one message.
constexpr std::size_t kMostBytes = 32 * 1024 * 1024;
constexpr std::size_t kBytesBesidesPath = 120;
// So few rows are searched one by one: most processes have less, and an index costs as much as all the rest.
constexpr std::size_t kFewRows = 64;

void add_to(Value& total, const Value& more) {
  if (more) total = saturating_sum(total.value_or(0), *more);
}

}  // namespace

const std::string& MemoryMapRows::name_of(const std::string& path) {
  if (path == last_path_) return last_name_;
  last_path_ = path;
  last_name_ = path.empty() ? "[anon]" : path;
  if (has_deleted_mark(path) && !exists_(path)) last_name_.resize(path.size() - kDeletedMark.size());
  return last_name_;
}

model::ProcessMemoryMap* MemoryMapRows::row_of(const std::string& name) {
  const auto few = rows_.begin() + static_cast<std::ptrdiff_t>(std::min(rows_.size(), kFewRows));
  const auto found = std::find_if(rows_.begin(), few, [&](const auto& row) { return row.path == name; });
  if (found != few) return &*found;
  const auto later = row_of_path_.find(name);
  return later == row_of_path_.end() ? nullptr : &rows_[later->second];
}

model::ProcessMemoryMap* MemoryMapRows::row_for(const SmapsRegion& region) {
  const std::string& name = name_of(region.path);
  if (grouped_ && !rows_.empty() && rows_.back().path == name) return &rows_.back();
  if (grouped_) {
    if (auto* const known = row_of(name)) return known;
  }
  bytes_ += name.size() + kBytesBesidesPath;
  if (bytes_ > kMostBytes) {
    overflowed_ = true;
    return nullptr;
  }
  auto& row = rows_.emplace_back();
  row.path = name;
  if (grouped_ && rows_.size() > kFewRows) row_of_path_.emplace(name, rows_.size() - 1);
  if (!grouped_) {
    row.addr = region.addr;
    row.perms = region.perms;
  }
  return &row;
}

void MemoryMapRows::add(const SmapsRegion& region) {
  auto* const row = overflowed_ ? nullptr : row_for(region);
  if (row == nullptr) return;
  row->rss = saturating_sum(row->rss, region.rss.value_or(0));
  add_to(row->size, region.size);
  add_to(row->pss, region.pss);
  add_to(row->shared_clean, region.shared_clean);
  add_to(row->shared_dirty, region.shared_dirty);
  add_to(row->private_clean, region.private_clean);
  add_to(row->private_dirty, region.private_dirty);
  add_to(row->referenced, region.referenced);
  add_to(row->anonymous, region.anonymous);
  add_to(row->swap, region.swap);
}

}  // namespace hostscope::linux_os
