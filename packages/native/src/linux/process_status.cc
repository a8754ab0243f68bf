// SPDX-License-Identifier: Apache-2.0
#include "linux/process_status.h"

#include <charconv>

#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

template <class Number>
bool take_number(std::string_view& text, Number& out) {
  const auto start = text.find_first_not_of(" \t");
  if (start == std::string_view::npos) return false;
  text.remove_prefix(start);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  return take_number(text, value) ? std::optional(value) : std::nullopt;
}

struct MemoryKey {
  std::string_view name;
  std::optional<std::uint64_t> model::ProcessMemoryInfoEx::*field;
};

constexpr MemoryKey kMemoryKeys[] = {
    {"VmHWM", &model::ProcessMemoryInfoEx::peak_rss},       {"VmPeak", &model::ProcessMemoryInfoEx::peak_vms},
    {"RssAnon", &model::ProcessMemoryInfoEx::rss_anon},     {"RssFile", &model::ProcessMemoryInfoEx::rss_file},
    {"RssShmem", &model::ProcessMemoryInfoEx::rss_shmem},   {"VmSwap", &model::ProcessMemoryInfoEx::swap},
    {"HugetlbPages", &model::ProcessMemoryInfoEx::hugetlb},
};

void take_memory(std::string_view key, std::string_view value, model::ProcessMemoryInfoEx& out) {
  for (const auto& [name, field] : kMemoryKeys) {
    if (key != name) continue;
    const auto kilobytes = number<std::uint64_t>(value);
    std::uint64_t bytes = 0;
    if (kilobytes && !__builtin_mul_overflow(*kilobytes, std::uint64_t{1024}, &bytes)) out.*field = bytes;
    return;
  }
}

std::optional<model::ProcessIds> ids(std::string_view text) {
  model::ProcessIds out;
  if (take_number(text, out.real) && take_number(text, out.effective) && take_number(text, out.saved)) return out;
  return std::nullopt;
}

}  // namespace

ProcessStatusFile parse_process_status(std::string_view text) {
  ProcessStatusFile out;
  auto newline = text.find('\n');
  while (newline != std::string_view::npos) {
    text.remove_prefix(newline + 1);
    newline = text.find('\n');
    const auto line = text.substr(0, newline);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const auto key = line.substr(0, colon), value = line.substr(colon + 1);
    if (key == "Tgid") {
      out.tgid = number<std::int64_t>(value);
    } else if (key == "Uid") {
      out.uids = ids(value);
    } else if (key == "Gid") {
      out.gids = ids(value);
    } else if (key == "voluntary_ctxt_switches") {
      out.voluntary = number<std::uint64_t>(value);
    } else if (key == "nonvoluntary_ctxt_switches") {
      out.involuntary = number<std::uint64_t>(value);
    } else if (key == "Cpus_allowed_list") {
      out.cpus_allowed = trimmed(value);
    } else if (key.starts_with("Vm") || key.starts_with("Rss") || key == "HugetlbPages") {
      take_memory(key, value, out.memory);
    }
  }
  return out;
}

}  // namespace hostscope::linux_os
