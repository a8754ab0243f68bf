// SPDX-License-Identifier: Apache-2.0
#include "windows/file_names.h"

#include <vector>

#include "windows/ntdll.h"

namespace hostscope::windows_os {
namespace {

bool take_prefix(std::u16string_view& text, std::u16string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// The device that a drive stands for, e.g. \Device\HarddiskVolume3.
std::u16string device_of(char16_t letter) {
  const std::u16string drive{letter, u':'};
  std::u16string device(1024, u'\0');
  if (::QueryDosDeviceW(wide(drive), wide(device.data()), static_cast<DWORD>(device.size())) == 0) return {};
  device.resize(std::u16string_view(device.c_str()).size());
  return device;
}

}  // namespace

std::u16string dos_path(std::u16string_view native) {
  auto rest = native;
  if (take_prefix(rest, u"\\??\\UNC\\") || take_prefix(rest, u"\\Device\\Mup\\")) {
    return u"\\\\" + std::u16string(rest);
  }
  if (take_prefix(rest, u"\\??\\")) return std::u16string(rest);
  if (!native.starts_with(u"\\Device\\")) return std::u16string(native);
  for (char16_t letter = u'A'; letter <= u'Z'; ++letter) {
    const auto device = device_of(letter);
    rest = native;
    if (device.empty() || !take_prefix(rest, device)) continue;
    // \Device\HarddiskVolume1 is not the beginning of \Device\HarddiskVolume12.
    if (rest.empty() || rest.front() == u'\\') return std::u16string{letter, u':'} + std::u16string(rest);
  }
  return std::u16string(native);
}

DWORD program_path(HANDLE process, std::string& path) {
  std::u16string buffer(kLongestPath + 1, u'\0');
  auto size = static_cast<DWORD>(buffer.size());
  if (!::QueryFullProcessImageNameW(process, 0, wide(buffer.data()), &size)) return ::GetLastError();
  path = to_utf8(dos_path(std::u16string_view(buffer).substr(0, size)));
  return ERROR_SUCCESS;
}

DWORD program_path(std::int64_t pid, std::string& path) {
  if (ntdll().query_system == nullptr) return ERROR_NOT_SUPPORTED;
  std::u16string buffer(kLongestPath, u'\0');
  struct {
    std::uint64_t pid;
    UnicodeString name;
  } asked{static_cast<std::uint64_t>(pid),
          {0, static_cast<std::uint16_t>(buffer.size() * sizeof(char16_t)), buffer.data()}};
  const auto status = ntdll().query_system(kSystemProcessId, &asked, sizeof asked, nullptr);
  if (status != kNtSuccess) return win32_error(status);
  path = to_utf8(dos_path(std::u16string_view(buffer).substr(0, asked.name.length / sizeof(char16_t))));
  return ERROR_SUCCESS;
}

}  // namespace hostscope::windows_os
