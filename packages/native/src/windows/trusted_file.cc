// SPDX-License-Identifier: Apache-2.0
#include "trusted_file.h"

#include "windows/failure.h"
#include "windows/trusted_owner.h"

namespace hostscope {
namespace {

using namespace windows_os;

Status file_failure(const std::string& path, DWORD error) {
  Status status = failure(path + " cannot be read", error);
  status.target = path;
  return status;
}

// Opens one that has been checked.
Result<UniqueHandle> open_trusted(const std::string& path, DWORD access, bool secret, DWORD flags = 0) {
  const auto units = to_utf16(path);
  constexpr DWORD kShare = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
  flags |= SECURITY_SQOS_PRESENT | SECURITY_ANONYMOUS;
  UniqueHandle file(::CreateFileW(wide(units), access, kShare, nullptr, OPEN_EXISTING, flags, nullptr));
  if (!file) return file_failure(path, ::GetLastError());
  // A pipe in its place must not hold up the agent.
  if (::GetFileType(file.get()) != FILE_TYPE_DISK) return Status::precondition(path + " is not a regular file");
  auto checked = check_rights(file.get(), path, secret);
  if (!checked) return std::move(checked.status());
  return file;
}

Result<std::vector<std::byte>> read_all(HANDLE file, const std::string& path, std::size_t most) {
  std::vector<std::byte> bytes(most + 1);
  std::size_t length = 0;
  while (length < bytes.size()) {
    DWORD got = 0;
    if (!::ReadFile(file, bytes.data() + length, static_cast<DWORD>(bytes.size() - length), &got, nullptr)) {
      return file_failure(path, ::GetLastError());
    }
    if (got == 0) break;
    length += got;
  }
  if (length > most) return Status::precondition(path + " has more than " + std::to_string(most) + " bytes");
  bytes.resize(length);
  return bytes;
}

}  // namespace

Result<std::vector<std::byte>> read_trusted_file(const std::string& path, bool secret, std::size_t most) {
  const auto file = open_trusted(path, GENERIC_READ, secret);
  if (!file) return file.status();
  return read_all(file->get(), path, most);
}

Result<void> check_trusted_file(const std::string& path) {
  const auto file = open_trusted(path, READ_CONTROL | FILE_READ_ATTRIBUTES, false, FILE_FLAG_OPEN_REPARSE_POINT);
  if (!file) return file.status();
  FILE_ATTRIBUTE_TAG_INFO facts{};
  if (!::GetFileInformationByHandleEx(file->get(), FileAttributeTagInfo, &facts, sizeof facts)) {
    return file_failure(path, ::GetLastError());
  }
  if ((facts.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0) return Status::precondition(path + " is a link");
  return {};
}

}  // namespace hostscope
