// SPDX-License-Identifier: Apache-2.0
#include "linux/proc_stat.h"

#include <algorithm>

#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

using model::CpuMode;

constexpr std::size_t kOldestColumns = 4;

std::optional<model::CpuTicks> parse_columns(std::string_view rest) {
  model::CpuTicks ticks;
  std::size_t column = 0;
  for (; column < kStatModes.size(); ++column) {
    const auto word = take_word(rest);
    if (word.empty()) break;
    const auto value = whole_number(word);
    if (!value) return std::nullopt;
    ticks.values[column] = *value;
  }
  return column >= kOldestColumns ? std::optional(ticks) : std::nullopt;
}
static_assert(static_cast<std::size_t>(CpuMode::kGuestNice) + 1 == kStatModes.size(), "columns are the first modes");

// The number in `cpu17`; empty for anything else, `cpu` included.
std::optional<std::uint32_t> cpu_number(std::string_view key) {
  if (!key.starts_with("cpu")) return std::nullopt;
  return whole_number32(key.substr(3));
}

// The first number after a key at the start of a line.
std::optional<std::uint64_t> first_number(std::string_view text, std::string_view key) {
  while (!text.empty()) {
    auto line = take_line(text);
    if (!line.starts_with(key) || take_word(line) != key) continue;
    return whole_number(take_word(line));
  }
  return std::nullopt;
}

}  // namespace

StatTicks parse_cpu_ticks(std::string_view text) {
  StatTicks out;
  while (!text.empty()) {
    auto line = take_line(text);
    if (!line.starts_with("cpu")) {
      if (out.total) break;  // the CPU lines come first, and what follows can be long
      continue;
    }
    const auto key = take_word(line);
    const auto number = cpu_number(key);
    if (!number && key != "cpu") continue;
    const auto ticks = parse_columns(line);
    if (!ticks) continue;
    if (number) {
      out.per_cpu.push_back({*number, *ticks});
    } else if (!out.total) {
      out.total = ticks;
    }
  }
  const auto by_number = [](const auto& a, const auto& b) { return a.cpu < b.cpu; };
  if (!std::is_sorted(out.per_cpu.begin(), out.per_cpu.end(), by_number)) {
    std::stable_sort(out.per_cpu.begin(), out.per_cpu.end(), by_number);
  }
  const auto same_number = [](const auto& a, const auto& b) { return a.cpu == b.cpu; };
  out.per_cpu.erase(std::unique(out.per_cpu.begin(), out.per_cpu.end(), same_number), out.per_cpu.end());
  return out;
}

std::optional<model::CpuStats> parse_cpu_stats(std::string_view text) {
  const auto ctx_switches = first_number(text, "ctxt"), interrupts = first_number(text, "intr");
  if (!ctx_switches || !interrupts) return std::nullopt;
  model::CpuStats stats;
  stats.ctx_switches = *ctx_switches;
  stats.interrupts = *interrupts;
  stats.soft_interrupts = first_number(text, "softirq");  // since 2.6.31
  return stats;
}

std::optional<std::uint64_t> parse_boot_time(std::string_view text) { return first_number(text, "btime"); }

std::uint32_t count_cpus(std::string_view text) {
  std::uint32_t count = 0;
  while (!text.empty()) {
    auto line = take_line(text);
    if (cpu_number(take_word(line))) ++count;
  }
  return count;
}

}  // namespace hostscope::linux_os
