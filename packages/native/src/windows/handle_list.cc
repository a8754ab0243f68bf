// SPDX-License-Identifier: Apache-2.0
#include "windows/handle_list.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "windows/ntdll.h"

namespace hostscope::windows_os {
namespace {

constexpr std::size_t kFirstSize = 64 * 1024, kMostSize = 1U << 28;

// As ProcessHandleInformation has them.
struct OwnEntry {
  HANDLE handle;
  std::uint64_t handle_count, pointer_count;
  std::uint32_t access, type, attributes, reserved;
};
static_assert(sizeof(OwnEntry) == 40);

// As SystemExtendedHandleInformation has them.
struct HostEntry {
  void* object;
  std::uint64_t pid;
  HANDLE handle;
  std::uint32_t access;
  std::uint16_t backtrace, type;
  std::uint32_t attributes, reserved;
};
static_assert(sizeof(HostEntry) == 40);

struct Handle {
  std::uint64_t pid;
  HANDLE handle;
  std::uint32_t type;
};

// A count, a reserved word, then the entries; what does not fit is left out.
template <class Entry>
std::vector<Entry> entries_of(const std::vector<std::byte>& buffer) {
  constexpr std::size_t kHead = 2 * sizeof(std::uint64_t);
  std::uint64_t count = 0;
  if (buffer.size() < kHead) return {};
  std::memcpy(&count, buffer.data(), sizeof count);
  std::vector<Entry> entries(std::min<std::size_t>(count, (buffer.size() - kHead) / sizeof(Entry)));
  if (!entries.empty()) std::memcpy(entries.data(), buffer.data() + kHead, entries.size() * sizeof(Entry));
  return entries;
}

Result<std::vector<Handle>> handles_of_process(HANDLE process, std::int64_t pid) {
  if (ntdll().query_process == nullptr) return failure("list handles", ERROR_NOT_SUPPORTED);
  std::vector<std::byte> buffer(kFirstSize);
  while (true) {
    const auto status =
        ntdll().query_process(process, kProcessHandles, buffer.data(), static_cast<ULONG>(buffer.size()), nullptr);
    if (status == kNtSuccess) break;
    if ((status != kInfoLengthMismatch && status != kBufferTooSmall) || buffer.size() >= kMostSize) {
      return failure("list handles", win32_error(status));
    }
    buffer.resize(buffer.size() * 2);
  }
  std::vector<Handle> handles;
  for (const auto& entry : entries_of<OwnEntry>(buffer)) {
    handles.push_back({static_cast<std::uint64_t>(pid), entry.handle, entry.type});
  }
  return handles;
}

Result<std::vector<Handle>> handles_of_host() {
  const auto buffer = query_system(kSystemExtendedHandles, 1U << 20);
  if (!buffer) return buffer.status();
  std::vector<Handle> handles;
  for (const auto& entry : entries_of<HostEntry>(*buffer)) handles.push_back({entry.pid, entry.handle, entry.type});
  return handles;
}

// The number by which lists call the type of files. It differs from release to release, and from what the list of types
// says, so it is learned from a file that is surely one.
std::optional<std::uint32_t> type_of(const std::vector<Handle>& handles, HANDLE file) {
  const auto own = static_cast<std::uint64_t>(::GetCurrentProcessId());
  for (const auto& entry : handles) {
    if (entry.pid == own && entry.handle == file) return entry.type;
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<HANDLE>> file_handles_of(HANDLE process, std::int64_t pid) {
  wchar_t program[MAX_PATH + 1];
  if (::GetModuleFileNameW(nullptr, program, MAX_PATH) == 0) return failure("name this program", ::GetLastError());
  const UniqueHandle sample(::CreateFileW(program, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                                          OPEN_EXISTING, 0, nullptr));
  if (!sample) return failure("open this program", ::GetLastError());
  auto handles = handles_of_process(process, pid);
  std::optional<std::uint32_t> file_type;
  if (handles) {
    const auto own = handles_of_process(::GetCurrentProcess(), static_cast<std::int64_t>(::GetCurrentProcessId()));
    if (own) file_type = type_of(*own, sample.get());
  } else {
    handles = handles_of_host();
    if (!handles) return std::move(handles.status());
    file_type = type_of(*handles, sample.get());
  }
  if (!file_type) return failure("tell files from other handles", ERROR_NOT_SUPPORTED);
  std::vector<HANDLE> files;
  for (const auto& entry : *handles) {
    if (entry.pid == static_cast<std::uint64_t>(pid) && entry.type == *file_type) files.push_back(entry.handle);
  }
  return files;
}

}  // namespace hostscope::windows_os
