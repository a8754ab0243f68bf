// SPDX-License-Identifier: Apache-2.0
#include "linux/cpu_info.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <map>

#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Old ARM and s390x kernels write keys in other cases than x86.
bool is_key(std::string_view key, std::string_view lowercase) {
  if (key.size() != lowercase.size()) return false;
  for (std::size_t at = 0; at < key.size(); ++at) {
    if (lower(key[at]) != lowercase[at]) return false;
  }
  return true;
}

// A frequency in MHz; with `unit`, only if the text ends in it.
std::optional<double> parse_mhz(std::string_view text, std::string_view unit) {
  double mhz = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mhz, std::chars_format::fixed);
  if (error != std::errc() || !std::isfinite(mhz) || mhz <= 0) return std::nullopt;
  const auto rest = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  return is_key(rest, unit) ? std::optional(mhz) : std::nullopt;
}

void read_line(const KeyValue& line, CpuInfo& info) {
  const auto& [key, value] = line;
  if (is_key(key, "cpu mhz") || is_key(key, "cpu mhz dynamic")) {  // x86 and s390x
    info.mhz = parse_mhz(value, "");
  } else if (is_key(key, "clock")) {  // ppc
    info.mhz = parse_mhz(value, "mhz");
  } else if (is_key(key, "physical id")) {
    info.physical_id = whole_number(value);
  } else if (is_key(key, "cpu cores")) {
    info.cores = whole_number(value);
  }
}

}  // namespace

std::vector<CpuInfo> parse_cpuinfo(std::string_view text) {
  std::vector<CpuInfo> cpus;
  CpuInfo info;
  const auto finish = [&] {
    if (info.cpu) cpus.push_back(info);
    info = {};
  };
  while (!text.empty()) {
    const auto line = split_at_colon(take_line(text));
    if (!line) {
      finish();
      continue;
    }
    if (is_key(line->key, "processor") || is_key(line->key, "cpu number")) {
      const auto number = whole_number32(line->value);  // old ARM kernels have the model's name here first
      if (!number) continue;
      if (info.cpu) finish();  // old ARM kernels put all processors into one block
      info.cpu = number;
      continue;
    }
    read_line(*line, info);
  }
  finish();
  return cpus;
}

std::optional<std::uint32_t> count_cores(const std::vector<CpuInfo>& cpus) {
  std::map<std::uint64_t, std::uint64_t> cores_of_socket;
  for (const auto& info : cpus) {
    if (info.physical_id && info.cores) cores_of_socket[*info.physical_id] = *info.cores;
  }
  std::uint64_t sum = 0;
  for (const auto& [socket, cores] : cores_of_socket) {
    if (cores > std::numeric_limits<std::uint32_t>::max() - sum) return std::nullopt;
    sum += cores;
  }
  return sum > 0 ? std::optional(static_cast<std::uint32_t>(sum)) : std::nullopt;
}

}  // namespace hostscope::linux_os
