// SPDX-License-Identifier: Apache-2.0
#include "linux/cpu_tree.h"

#include <fcntl.h>

#include <algorithm>
#include <set>

#include "linux/directory_names.h"
#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

constexpr std::uint32_t kMaxCpus = 1 << 20;  // far beyond any kernel; bounds what a damaged list can ask for

}  // namespace

UniqueFd open_directory(int dir, const char* name) {
  return UniqueFd(::openat(dir, name, O_PATH | O_DIRECTORY | O_CLOEXEC));
}

std::vector<std::uint32_t> numbered_entries(int dir, std::string_view prefix) {
  std::vector<std::uint32_t> numbers;
  for_each_name(dir, ".", [&](std::string_view name) {
    if (!name.starts_with(prefix)) return;
    if (const auto number = whole_number32(name.substr(prefix.size()))) numbers.push_back(*number);
  });
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

std::optional<std::vector<std::uint32_t>> parse_cpu_list(std::string_view text) {
  std::vector<std::uint32_t> cpus;
  while (!(text = trimmed(text)).empty()) {
    const auto end = text.find_first_of(", ");
    const auto range = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const auto dash = range.find('-');
    const auto first = whole_number32(range.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : whole_number32(range.substr(dash + 1));
    if (!first || !last || *last < *first || *last >= kMaxCpus) return std::nullopt;
    for (std::uint32_t cpu = *first; cpu <= *last; ++cpu) cpus.push_back(cpu);
    if (cpus.size() > kMaxCpus) return std::nullopt;
  }
  return cpus;
}

std::optional<std::string> CpuTree::text(const std::string& path) {
  const auto [text, error] = reader_.read(dir_.get(), path.c_str());
  const auto content = trimmed(text);
  if (error != 0 || content.empty()) return std::nullopt;
  return std::string(content);
}

std::optional<std::uint64_t> CpuTree::number(const std::string& path) {
  const auto content = text(path);
  return content ? whole_number(*content) : std::nullopt;
}

std::optional<std::vector<std::uint32_t>> CpuTree::list(const std::string& path) {
  const auto [text, error] = reader_.read(dir_.get(), path.c_str());
  return error == 0 ? parse_cpu_list(text) : std::nullopt;
}

bool CpuTree::is_online(std::uint32_t cpu) { return text("cpu" + std::to_string(cpu) + "/online") != "0"; }

std::optional<std::uint32_t> count_cores(CpuTree& tree) {
  // Threads of one core have the same list. Core ids would not do: they begin again in each socket.
  std::set<std::string> cores;
  for (const auto cpu : numbered_entries(tree.dir(), "cpu")) {
    const std::string topology = "cpu" + std::to_string(cpu) + "/topology/";
    auto threads = tree.text(topology + "core_cpus_list");
    if (!threads) threads = tree.text(topology + "thread_siblings_list");  // its name before 5.3
    if (threads) cores.insert(std::move(*threads));
  }
  if (cores.empty()) return std::nullopt;
  return static_cast<std::uint32_t>(cores.size());
}

}  // namespace hostscope::linux_os
