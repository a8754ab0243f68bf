// SPDX-License-Identifier: Apache-2.0
// Regions of smaps made into the rows of memory_maps, each by itself or summed by path.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "linux/smaps.h"

namespace hostscope::linux_os {

class MemoryMapRows {
 public:
  // `rows` is filled in the order of the regions; grouped, in the order in which paths first come. `exists` tells
  // whether the process has a file of exactly this path.
  MemoryMapRows(std::vector<model::ProcessMemoryMap>& rows, bool grouped,
                std::function<bool(const std::string& path)> exists)
      : rows_(rows), grouped_(grouped), exists_(std::move(exists)) {}

  void add(const SmapsRegion& region);
  // More than any message may hold: what came later was left out.
  bool overflowed() const { return overflowed_; }

 private:
  const std::string& name_of(const std::string& path);
  model::ProcessMemoryMap* row_for(const SmapsRegion& region);
  // The row of this path, or null.
  model::ProcessMemoryMap* row_of(const std::string& name);

  std::vector<model::ProcessMemoryMap>& rows_;
  const bool grouped_;
  const std::function<bool(const std::string& path)> exists_;
  std::unordered_map<std::string, std::size_t> row_of_path_;  // those after the first few
  std::string last_path_, last_name_ = "[anon]";              // regions of one file follow each other
  std::size_t bytes_ = 0;
  bool overflowed_ = false;
};

}  // namespace hostscope::linux_os
