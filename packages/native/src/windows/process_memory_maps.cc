// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <unordered_map>

#include "core/saturating_sum.h"
#include "windows/file_names.h"
#include "windows/process_target.h"

namespace hostscope::windows_os {
namespace {

constexpr std::size_t kMostMaps = 100'000;  // of one process

std::string permissions(DWORD protection) {
  switch (protection & 0xFF) {
    case PAGE_NOACCESS:
      return "";
    case PAGE_READONLY:
      return "r";
    case PAGE_READWRITE:
      return "rw";
    case PAGE_WRITECOPY:
      return "wc";
    case PAGE_EXECUTE:
      return "x";
    case PAGE_EXECUTE_READ:
      return "xr";
    case PAGE_EXECUTE_READWRITE:
      return "xrw";
    case PAGE_EXECUTE_WRITECOPY:
      return "xwc";
    default:
      return "?";
  }
}

std::string hex(std::uint64_t number) {
  char text[16];
  return std::string(text, std::to_chars(text, text + sizeof text, number, 16).ptr);
}

// Regions of files, in the order of their addresses. Each is a read of its own: thousands take their time.
std::vector<model::ProcessMemoryMap> maps_of(HANDLE process, std::int64_t pid, ReadGuard& guard) {
  SYSTEM_INFO system{};
  ::GetSystemInfo(&system);
  const auto last = reinterpret_cast<std::uint64_t>(system.lpMaximumApplicationAddress);
  std::vector<model::ProcessMemoryMap> maps;
  std::u16string native(kLongestPath + 1, u'\0');
  MEMORY_BASIC_INFORMATION region{};
  for (std::uint64_t at = 0; at < last && maps.size() < kMostMaps;) {
    if (!guard.enter(pid, static_cast<std::uint8_t>(ProcessSource::kSmaps))) break;
    if (::VirtualQueryEx(process, reinterpret_cast<const void*>(at), &region, sizeof region) == 0) break;
    const auto begin = reinterpret_cast<std::uint64_t>(region.BaseAddress);
    const auto next = begin + region.RegionSize;
    if (next <= at) break;
    // Private memory has no name, and asking for it costs a call.
    if (region.State == MEM_COMMIT && region.Type != MEM_PRIVATE) {
      const DWORD length =
          ::K32GetMappedFileNameW(process, region.BaseAddress, wide(native.data()), static_cast<DWORD>(native.size()));
      if (length > 0) {
        model::ProcessMemoryMap map;
        map.addr = hex(begin) + "-" + hex(next);
        map.perms = permissions(region.Protect);
        map.path = to_utf8(dos_path(std::u16string_view(native).substr(0, length)));
        map.rss = region.RegionSize;
        maps.push_back(std::move(map));
      }
    }
    at = next;
  }
  return maps;
}

// One row for each path, in the order of the first ones.
std::vector<model::ProcessMemoryMap> grouped(std::vector<model::ProcessMemoryMap> maps) {
  std::vector<model::ProcessMemoryMap> groups;
  std::unordered_map<std::string, std::size_t> index;
  for (auto& map : maps) {
    const auto [known, is_new] = index.emplace(map.path, groups.size());
    if (is_new) {
      map.addr.reset();
      map.perms.reset();
      groups.push_back(std::move(map));
    } else {
      auto& bytes = groups[known->second].rss;
      bytes = core::saturating_sum(bytes, map.rss);
    }
  }
  return groups;
}

}  // namespace

void WindowsProcessReader::read_memory_maps(Target& target) {
  if (!target.enter(ProcessSource::kSmaps, {A::kMemoryMaps})) return;
  const auto process = target.open(PROCESS_QUERY_INFORMATION | PROCESS_VM_READ);
  if (!process) return target.fail({A::kMemoryMaps}, process.error);
  auto maps = maps_of(process.get(), target.entry.pid, target.guard);
  target.row.memory_maps = target.query.memory_maps_grouped ? grouped(std::move(maps)) : std::move(maps);
  target.row.present.add(A::kMemoryMaps);
}

}  // namespace hostscope::windows_os
