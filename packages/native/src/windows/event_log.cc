// SPDX-License-Identifier: Apache-2.0
#include "windows/event_log.h"

#include <memory>
#include <type_traits>

#include "system_service.h"
#include "windows/failure.h"
#include "windows/win32.h"

namespace hostscope {
namespace windows_os {
namespace {

constexpr char kSources[] = "SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\";
constexpr std::u16string_view kMessages = u"%SystemRoot%\\System32\\EventCreate.exe";
constexpr DWORD kLevels = EVENTLOG_ERROR_TYPE | EVENTLOG_WARNING_TYPE | EVENTLOG_INFORMATION_TYPE;
// Longer texts are refused; so is what is longer in all.
constexpr std::size_t kMostText = 30'000;

struct KeyCloser {
  void operator()(HKEY key) const { ::RegCloseKey(key); }
};

Status source_failure(const std::string& source, LSTATUS error) {
  Status status = failure("register the event source", static_cast<DWORD>(error));
  status.target = "event source " + source;
  return status;
}

WORD type_of(EventLevel level) {
  switch (level) {
    case EventLevel::kError:
      return EVENTLOG_ERROR_TYPE;
    case EventLevel::kWarning:
      return EVENTLOG_WARNING_TYPE;
    default:
      return EVENTLOG_INFORMATION_TYPE;
  }
}

}  // namespace

Result<void> register_event_source(const std::string& source) {
  HKEY opened = nullptr;
  LSTATUS error = ::RegCreateKeyExW(HKEY_LOCAL_MACHINE, wide(to_utf16(kSources + source)), 0, nullptr, 0, KEY_SET_VALUE,
                                    nullptr, &opened, nullptr);
  if (error != ERROR_SUCCESS) return source_failure(source, error);
  const std::unique_ptr<std::remove_pointer_t<HKEY>, KeyCloser> key(opened);
  const std::u16string messages(kMessages);
  error =
      ::RegSetValueExW(opened, L"EventMessageFile", 0, REG_EXPAND_SZ, reinterpret_cast<const BYTE*>(messages.c_str()),
                       static_cast<DWORD>((messages.size() + 1) * sizeof(char16_t)));
  if (error == ERROR_SUCCESS) {
    error = ::RegSetValueExW(opened, L"TypesSupported", 0, REG_DWORD, reinterpret_cast<const BYTE*>(&kLevels),
                             sizeof kLevels);
  }
  if (error != ERROR_SUCCESS) return source_failure(source, error);
  return {};
}

Result<void> unregister_event_source(const std::string& source) {
  const LSTATUS error = ::RegDeleteKeyW(HKEY_LOCAL_MACHINE, wide(to_utf16(kSources + source)));
  if (error != ERROR_SUCCESS && error != ERROR_FILE_NOT_FOUND) return source_failure(source, error);
  return {};
}

}  // namespace windows_os

Result<void> report_event(const std::string& source, EventLevel level, std::uint32_t id, const std::string& text) {
  using namespace windows_os;
  const HANDLE log = ::RegisterEventSourceW(nullptr, wide(to_utf16(source)));
  if (log == nullptr) return failure("open the event log", ::GetLastError());
  const auto units = to_utf16(text).substr(0, kMostText);
  const wchar_t* texts[] = {wide(units)};
  const BOOL written = ::ReportEventW(log, type_of(level), 0, id, nullptr, 1, 0, texts, nullptr);
  const DWORD error = ::GetLastError();
  ::DeregisterEventSource(log);
  if (!written) return failure("write to the event log", error);
  return {};
}

}  // namespace hostscope
