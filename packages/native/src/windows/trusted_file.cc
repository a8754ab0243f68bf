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
  const auto units = to_utf16(path);
  const UniqueHandle file(::CreateFileW(wide(units), GENERIC_READ,
                                        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                                        SECURITY_SQOS_PRESENT | SECURITY_ANONYMOUS, nullptr));
  if (!file) return file_failure(path, ::GetLastError());
  // A pipe in its place must not hold up the agent.
  if (::GetFileType(file.get()) != FILE_TYPE_DISK) return Status::precondition(path + " is not a regular file");
  auto checked = check_rights(file.get(), path, secret);
  if (!checked) return std::move(checked.status());
  return read_all(file.get(), path, most);
}

}  // namespace hostscope
