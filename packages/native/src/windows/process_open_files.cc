// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "windows/handle_list.h"
#include "windows/process_target.h"

namespace hostscope::windows_os {
namespace {

constexpr std::size_t kMostFiles = 100'000;  // of one process

// The path of a handle of ours if it is a regular file that is not being deleted. Of a pipe that somebody reads even
// the type may not be told before something comes; the guard knows what is being asked.
std::string path_of(HANDLE file) {
  if (::GetFileType(file) != FILE_TYPE_DISK) return {};
  FILE_STANDARD_INFO info{};
  if (!::GetFileInformationByHandleEx(file, FileStandardInfo, &info, sizeof info)) return {};
  if (info.Directory || info.DeletePending) return {};
  std::u16string path(1024, u'\0');
  while (true) {
    const DWORD length = ::GetFinalPathNameByHandleW(file, wide(path.data()), static_cast<DWORD>(path.size()),
                                                     FILE_NAME_OPENED | VOLUME_NAME_DOS);
    if (length == 0) return {};
    if (length < path.size()) {
      path.resize(length);
      break;
    }
    path.resize(length + 1);
  }
  std::u16string_view shown(path);
  if (shown.starts_with(u"\\\\?\\UNC\\")) return "\\\\" + to_utf8(shown.substr(8));
  if (shown.starts_with(u"\\\\?\\")) shown.remove_prefix(4);
  return to_utf8(shown);
}

}  // namespace

void WindowsProcessReader::read_open_files(Target& target) {
  const auto pid = target.entry.pid;
  if (pid == kIdlePid || pid == kSystemPid) return target.row.present.add(A::kOpenFiles);
  if (!target.enter(ProcessSource::kFds, {A::kOpenFiles})) return;
  const auto process = target.open(PROCESS_QUERY_INFORMATION | PROCESS_DUP_HANDLE);
  if (!process) return target.fail({A::kOpenFiles}, process.error);
  const auto handles = file_handles_of(process.get(), pid);
  if (!handles) return target.fail({A::kOpenFiles}, static_cast<DWORD>(handles.status().os_error.value_or(0)));
  std::set<std::string> paths;
  for (const HANDLE handle : *handles) {
    // Each may be a file of a server that does not answer.
    if (!target.enter(ProcessSource::kOpenFiles, {A::kOpenFiles})) return;
    HANDLE opened = nullptr;
    if (!::DuplicateHandle(process.get(), handle, ::GetCurrentProcess(), &opened, 0, FALSE, DUPLICATE_SAME_ACCESS)) {
      continue;  // it was closed meanwhile, or may not be had
    }
    const UniqueHandle ours(opened);
    auto path = path_of(ours.get());
    if (!path.empty() && paths.size() < kMostFiles) paths.insert(std::move(path));
  }
  for (const auto& path : paths) target.row.open_files.push_back({path, {}, {}, {}, {}});
  target.row.present.add(A::kOpenFiles);
}

}  // namespace hostscope::windows_os
