// SPDX-License-Identifier: Apache-2.0
#include "linux/systemd_unit.h"

#include <algorithm>

namespace hostscope::linux_os {
namespace {

constexpr std::size_t kLongestName = 255;
constexpr std::string_view kSlice = ".slice";
// Kinds of units that have processes.
constexpr std::string_view kUnits[] = {".service", ".scope", ".socket", ".mount", ".swap"};

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("@:-_.\\").find(c) != std::string_view::npos;
}

bool is_unit(std::string_view name, std::string_view suffix) {
  return name.size() > suffix.size() && name.size() <= kLongestName && name.ends_with(suffix) && name[0] != '@' &&
         std::all_of(name.begin(), name.end(), is_name_character);
}

// Names that the kernel's own files could have ("cpu.service") begin with a mark.
std::string_view without_escape(std::string_view name) {
  if (name.starts_with('_')) name.remove_prefix(1);
  return name;
}

}  // namespace

SystemdPlace systemd_place(std::string_view path) {
  SystemdPlace place;
  while (!path.empty() && !(place.unit && place.slice)) {
    const auto slash = path.rfind('/');
    const auto name = without_escape(slash == std::string_view::npos ? path : path.substr(slash + 1));
    path = path.substr(0, slash == std::string_view::npos ? 0 : slash);
    if (!place.slice && is_unit(name, kSlice)) place.slice = name;
    const auto has_suffix = [&](std::string_view suffix) { return is_unit(name, suffix); };
    if (!place.unit && std::any_of(std::begin(kUnits), std::end(kUnits), has_suffix)) place.unit = name;
  }
  return place;
}

}  // namespace hostscope::linux_os
