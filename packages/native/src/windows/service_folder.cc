// SPDX-License-Identifier: Apache-2.0
#include "windows/service_folder.h"

#include <aclapi.h>

#include "windows/failure.h"
#include "windows/security_descriptor.h"
#include "windows/trusted_owner.h"

namespace hostscope::windows_os {
namespace {

Status folder_failure(const std::string& path, std::string_view what, DWORD error) {
  Status status = failure(what, error);
  status.target = path;
  return status;
}

// Files in it are for the same.
std::string rights_of(const std::string& service) {
  const std::string sid = service_sid(service);
  const std::string everybody = "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";
  constexpr auto kModify = "0x1301bf";  // to read, write and delete, but not to change who may
  return sid.empty() ? everybody : everybody + "(A;OICI;" + kModify + ";;;" + sid + ")";
}

// One that was there: not a way to elsewhere, and nobody's whom an administrator need not trust.
Result<void> take_over(const std::string& path, void* descriptor) {
  const auto units = to_utf16(path);
  const UniqueHandle folder(::CreateFileW(wide(units), READ_CONTROL | WRITE_DAC | FILE_READ_ATTRIBUTES,
                                          FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING,
                                          FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
  if (!folder) return folder_failure(path, "open the folder", ::GetLastError());
  BY_HANDLE_FILE_INFORMATION facts{};
  if (!::GetFileInformationByHandle(folder.get(), &facts)) {
    return folder_failure(path, "look at the folder", ::GetLastError());
  }
  constexpr DWORD kOdd = FILE_ATTRIBUTE_REPARSE_POINT;
  if ((facts.dwFileAttributes & (kOdd | FILE_ATTRIBUTE_DIRECTORY)) != FILE_ATTRIBUTE_DIRECTORY) {
    return Status::precondition(path + " is no folder, or leads to another place; remove it");
  }
  auto trusted = check_owner(folder.get(), path);
  if (!trusted) return trusted;
  BOOL present = FALSE, defaulted = FALSE;
  ACL* rights = nullptr;
  ::GetSecurityDescriptorDacl(descriptor, &present, &rights, &defaulted);
  const DWORD error =
      ::SetSecurityInfo(folder.get(), SE_FILE_OBJECT, DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                        nullptr, nullptr, rights, nullptr);
  if (error != ERROR_SUCCESS) return folder_failure(path, "set who may use the folder", error);
  return {};
}

}  // namespace

Result<void> make_service_folder(const std::string& path, const std::string& service) {
  auto descriptor = security_descriptor(rights_of(service));
  if (!descriptor) return std::move(descriptor.status());
  SECURITY_ATTRIBUTES attributes{sizeof attributes, descriptor->get(), FALSE};
  if (::CreateDirectoryW(wide(to_utf16(path)), &attributes)) return {};
  const DWORD error = ::GetLastError();
  if (error != ERROR_ALREADY_EXISTS) return folder_failure(path, "make the folder", error);
  return take_over(path, descriptor->get());
}

}  // namespace hostscope::windows_os
