// SPDX-License-Identifier: Apache-2.0
#include "linux/disk_counters.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>
#include <string>

#include "linux/directory.h"
#include "linux/proc_file.h"
#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

using model::DiskCounter;

// Whatever the device's own are.
constexpr std::uint64_t kSectorSize = 512;
// What a line that is read to its end may hold; later kernels may add more.
constexpr std::size_t kMaxWords = 24;

struct Words {
  std::array<std::string_view, kMaxWords> words;
  std::size_t count = 0;

  explicit Words(std::string_view line) {
    for (auto word = take_word(line); !word.empty() && count < kMaxWords; word = take_word(line)) {
      words[count++] = word;
    }
  }
  std::span<const std::string_view> from(std::size_t first) const {
    return std::span(words).subspan(first, count - first);
  }
};

struct Column {
  DiskCounter counter;
  std::size_t word;
};

// Since 2.6. The ninth number is of requests in flight, the eleventh a weighted time: neither is a counter of psutil.
constexpr Column kColumns[] = {
    {DiskCounter::kReadCount, 0},  {DiskCounter::kReadMergedCount, 1}, {DiskCounter::kReadBytes, 2},
    {DiskCounter::kReadTime, 3},   {DiskCounter::kWriteCount, 4},      {DiskCounter::kWriteMergedCount, 5},
    {DiskCounter::kWriteBytes, 6}, {DiskCounter::kWriteTime, 7},       {DiskCounter::kBusyTime, 9},
};
// Partitions before 2.6.25.
constexpr Column kShortColumns[] = {
    {DiskCounter::kReadCount, 0},
    {DiskCounter::kReadBytes, 1},
    {DiskCounter::kWriteCount, 2},
    {DiskCounter::kWriteBytes, 3},
};

std::optional<model::Counters> read_columns(std::span<const std::string_view> words, std::span<const Column> columns) {
  model::Counters counters;
  for (const auto& [counter, word] : columns) {
    if (word >= words.size()) return std::nullopt;
    auto value = whole_number(words[word]);
    const bool in_sectors = counter == DiskCounter::kReadBytes || counter == DiskCounter::kWriteBytes;
    if (!value || (in_sectors && __builtin_mul_overflow(*value, kSectorSize, &*value))) return std::nullopt;
    counters[counter] = value;
  }
  return counters;
}

std::optional<model::NamedCounters> parse_disk(std::string_view line) {
  Words words(line);
  std::optional<model::Counters> counters;
  if (words.count == 7) {
    counters = read_columns(words.from(3), kShortColumns);
  } else if (words.count >= 14) {
    // 2.4, as psutil reads it: the name stands behind the first number.
    if (words.count == 15 && !whole_number(words.words[3])) std::swap(words.words[2], words.words[3]);
    counters = read_columns(words.from(3), kColumns);
  }
  if (!counters) return std::nullopt;
  return model::NamedCounters{std::string(words.words[2]), *counters, true};
}

// As /sys/block has it: there, a slash in a name is an exclamation mark.
bool is_whole_disk(int sys, std::string name) {
  std::replace(name.begin(), name.end(), '/', '!');
  return ::faccessat(sys, ("block/" + name).c_str(), F_OK, 0) == 0;
}

// Adds the device in `folder`, and its partitions.
void add_block_device(int sys, const std::string& folder, std::string name, bool whole, FileReader& reader,
                      std::vector<model::NamedCounters>& rows) {
  const auto file = reader.read(sys, (folder + "/stat").c_str());
  const auto counters = file.error == 0 ? parse_block_stat(file.text) : std::nullopt;
  if (!counters) return;
  std::replace(name.begin(), name.end(), '!', '/');
  rows.push_back({std::move(name), *counters, whole});
}

Result<std::vector<model::NamedCounters>> read_block_devices(int sys) {
  const auto disks = directory_entries(sys, "block");
  if (!disks) return Status::os("list block of sysfs", ENOENT);
  FileReader reader;
  std::vector<model::NamedCounters> rows;
  for (const auto& disk : *disks) {
    const auto folder = "block/" + disk;
    add_block_device(sys, folder, disk, true, reader, rows);
    for (const auto& entry : directory_entries(sys, folder.c_str()).value_or(std::vector<std::string>())) {
      // Partitions are the folders named after their disk.
      if (entry.starts_with(disk)) add_block_device(sys, folder + "/" + entry, entry, false, reader, rows);
    }
  }
  return rows;
}

}  // namespace

std::vector<model::NamedCounters> parse_diskstats(std::string_view text) {
  std::vector<model::NamedCounters> rows;
  while (!text.empty()) {
    if (auto row = parse_disk(take_line(text))) rows.push_back(std::move(*row));
  }
  return rows;
}

std::optional<model::Counters> parse_block_stat(std::string_view text) {
  return read_columns(Words(take_line(text)).from(0), kColumns);
}

Result<std::vector<model::NamedCounters>> disk_counters(int proc, int sys) {
  FileReader reader;
  const auto [text, error] = reader.read(proc, "diskstats");
  if (error == ENOENT) return read_block_devices(sys);
  if (error != 0) return Status::os("read diskstats of procfs", error);
  auto rows = parse_diskstats(text);
  if (rows.empty() && !trimmed(text).empty()) {
    return Status{.reason = ErrorReason::kOsError, .message = "diskstats of procfs has no line that can be read"};
  }
  for (auto& row : rows) row.in_total = is_whole_disk(sys, row.name);
  return rows;
}

}  // namespace hostscope::linux_os
