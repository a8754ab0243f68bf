// SPDX-License-Identifier: Apache-2.0
// The collector's methods about the host itself and who is logged in.
#include <cstring>

#include "windows/collector.h"
#include "windows/control_numbers.h"
#include "windows/failure.h"
#include "windows/ntdll.h"
#include "windows/process_handle.h"
#include "windows/win32_network.h"

namespace hostscope::windows_os {
namespace {

constexpr DWORD kFirstWindows11 = 22'000;

std::string registry_text(const wchar_t* name) {
  constexpr const wchar_t* kKey = L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
  std::u16string text(256, u'\0');
  auto size = static_cast<DWORD>(text.size() * sizeof(char16_t));
  const auto error = ::RegGetValueW(HKEY_LOCAL_MACHINE, kKey, name, RRF_RT_REG_SZ, nullptr, text.data(), &size);
  return error == ERROR_SUCCESS ? utf8(wide(text)) : std::string();
}

// The registry of Windows 11 says that it is Windows 10.
std::string system_name(DWORD build) {
  auto name = registry_text(L"ProductName");
  constexpr std::string_view kTen = "Windows 10", kEleven = "Windows 11";
  if (build >= kFirstWindows11 && name.starts_with(kTen)) name.replace(0, kTen.size(), kEleven);
  const auto release = registry_text(L"DisplayVersion");
  return release.empty() || name.empty() ? name : name + " " + release;
}

std::string host_name() {
  std::u16string name(256, u'\0');
  auto size = static_cast<DWORD>(name.size());
  return ::GetComputerNameExW(ComputerNamePhysicalDnsHostname, wide(name.data()), &size) ? utf8(wide(name))
                                                                                         : std::string();
}

// As PROCESSOR_ARCHITECTURE has it.
std::optional<std::string> machine_name() {
  SYSTEM_INFO system{};
  ::GetNativeSystemInfo(&system);
  switch (system.wProcessorArchitecture) {
    case PROCESSOR_ARCHITECTURE_AMD64:
      return "AMD64";
    case PROCESSOR_ARCHITECTURE_ARM64:
      return "ARM64";
    default:
      return std::nullopt;
  }
}

// Found when they are first needed: servers without terminal services lack them.
struct Wts {
  decltype(::WTSEnumerateSessionsW)* enumerate =
      find_function<decltype(::WTSEnumerateSessionsW)>(L"wtsapi32.dll", "WTSEnumerateSessionsW");
  decltype(::WTSQuerySessionInformationW)* query =
      find_function<decltype(::WTSQuerySessionInformationW)>(L"wtsapi32.dll", "WTSQuerySessionInformationW");
  decltype(::WTSFreeMemory)* free = find_function<decltype(::WTSFreeMemory)>(L"wtsapi32.dll", "WTSFreeMemory");
  bool found() const { return enumerate != nullptr && query != nullptr && free != nullptr; }
};

// One fact of a session; empty if it is not told.
std::string session_bytes(const Wts& wts, DWORD session, WTS_INFO_CLASS what) {
  wchar_t* buffer = nullptr;
  DWORD size = 0;
  if (!wts.query(WTS_CURRENT_SERVER_HANDLE, session, what, &buffer, &size) || buffer == nullptr) return {};
  std::string bytes(reinterpret_cast<const char*>(buffer), size);
  wts.free(buffer);
  return bytes;
}

std::string session_text(const std::string& bytes) {
  std::u16string text(bytes.size() / sizeof(char16_t), u'\0');
  std::memcpy(text.data(), bytes.data(), text.size() * sizeof(char16_t));
  return utf8(wide(text));
}

std::optional<std::string> client_address(const std::string& bytes) {
  WTS_CLIENT_ADDRESS address{};
  if (bytes.size() < sizeof address) return std::nullopt;
  std::memcpy(&address, bytes.data(), sizeof address);
  // The address begins two bytes into its field.
  return address.AddressFamily == AF_INET ? ip_text(AF_INET, address.Address + 2) : std::nullopt;
}

std::optional<double> begin_of(const std::string& bytes) {
  WTSINFOW info{};
  if (bytes.size() < sizeof info) return std::nullopt;
  std::memcpy(&info, bytes.data(), sizeof info);
  return epoch_of_ticks(static_cast<std::uint64_t>(info.ConnectTime.QuadPart));
}

}  // namespace

Result<model::HostInfo> WindowsCollector::host_info() const {
  model::HostInfo host;
  host.platform = gen::Platform::kWindows;
  host.hostname = host_name();
  OSVERSIONINFOW version{};
  version.dwOSVersionInfoSize = sizeof version;
  if (ntdll().get_version != nullptr && ntdll().get_version(&version) == kNtSuccess) {
    host.os_version = std::to_string(version.dwMajorVersion) + "." + std::to_string(version.dwMinorVersion) + "." +
                      std::to_string(version.dwBuildNumber);
    host.kernel = host.os_version;
  }
  if (auto name = system_name(version.dwBuildNumber); !name.empty()) host.os = std::move(name);
  host.machine = machine_name();
  if (const auto seconds = boot_time()) host.boot_time = *seconds;
  SYSTEM_INFO system{};
  ::GetSystemInfo(&system);
  host.constants.page_size = system.dwPageSize;
  for (const auto& [name, number] : kControlNumbers) host.constants.signals.push_back({name, number});
  return host;
}

Result<std::vector<model::User>> WindowsCollector::users() const {
  static const Wts wts;
  std::vector<model::User> users;
  if (!wts.found()) return users;
  WTS_SESSION_INFOW* sessions = nullptr;
  DWORD count = 0;
  if (!wts.enumerate(WTS_CURRENT_SERVER_HANDLE, 0, 1, &sessions, &count)) {
    const DWORD error = ::GetLastError();
    if (is_unsupported(error)) return users;
    return failure("list sessions", error);
  }
  for (DWORD i = 0; i < count; ++i) {
    const DWORD id = sessions[i].SessionId;
    model::User user;
    user.name = session_text(session_bytes(wts, id, WTSUserName));
    const auto started = begin_of(session_bytes(wts, id, WTSSessionInfo));
    // Sessions of services, and those that wait for somebody, are nobody's.
    if (user.name.empty() || !started) continue;
    user.host = client_address(session_bytes(wts, id, WTSClientAddress));
    user.started = *started;
    users.push_back(std::move(user));
  }
  wts.free(sessions);
  return users;
}

bool WindowsCollector::supports(gen::Method method) const {
  using gen::Method;
  switch (method) {
    case Method::kSensorsSensorsTemperatures:
    case Method::kSensorsSensorsFans:
    case Method::kSystemPressure:
    case Method::kProcessRlimit:
    case Method::kProcessSetRlimit:
      return false;
    default:
      return true;
  }
}

}  // namespace hostscope::windows_os
