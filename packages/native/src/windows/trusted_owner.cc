// SPDX-License-Identifier: Apache-2.0
#include "windows/trusted_owner.h"

#include <aclapi.h>

#include <algorithm>

#include "windows/failure.h"
#include "windows/security_descriptor.h"
#include "windows/sid_text.h"

namespace hostscope::windows_os {
namespace {

constexpr std::string_view kTrusted[] = {
    "S-1-5-18",                                                        // the system
    "S-1-5-32-544",                                                    // administrators
    "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",  // the installer of Windows itself
};
// Those that many are in whom nobody has chosen.
constexpr std::string_view kEverybody[] = {
    "S-1-1-0",       // everyone
    "S-1-5-2",       // whoever comes over the network
    "S-1-5-4",       // whoever sits in front of the machine
    "S-1-5-7",       // whoever gave no name
    "S-1-5-11",      // whoever gave one
    "S-1-5-32-545",  // users
    "S-1-5-32-546",  // guests
};
constexpr DWORD kWrites =
    FILE_WRITE_DATA | FILE_APPEND_DATA | DELETE | WRITE_DAC | WRITE_OWNER | GENERIC_WRITE | GENERIC_ALL;
constexpr DWORD kReads = FILE_READ_DATA | GENERIC_READ | GENERIC_ALL;

struct Security {
  LocalPointer<void> memory;
  PSID owner = nullptr;
  ACL* rights = nullptr;
};

Status about(const std::string& path, std::string_view why) {
  Status status = Status::precondition(path + " " + std::string(why));
  status.target = path;
  return status;
}

Result<Security> security_of(HANDLE file, const std::string& path) {
  Security security;
  void* memory = nullptr;
  const DWORD error = ::GetSecurityInfo(file, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
                                        &security.owner, nullptr, &security.rights, nullptr, &memory);
  if (error != ERROR_SUCCESS) {
    Status status = failure("read who may use " + path, error);
    status.target = path;
    return status;
  }
  security.memory.reset(memory);
  return security;
}

bool is_in(std::string_view sid, const auto& list) { return std::ranges::find(list, sid) != std::end(list); }

Result<void> check_owner_of(const Security& security, const std::string& own, const std::string& path) {
  const std::string owner = sid_text(security.owner);
  if (owner == own || is_in(owner, kTrusted)) return {};
  return about(path, "belongs to another user (" + owner + "); let administrators own it");
}

Result<void> check_entry(const ACE_HEADER& header, const std::string& own, bool secret, const std::string& path) {
  if (header.AceType == ACCESS_DENIED_ACE_TYPE || (header.AceFlags & INHERIT_ONLY_ACE) != 0) return {};
  // Of kinds that no file is likely to have nothing is known but that they may give something.
  if (header.AceType != ACCESS_ALLOWED_ACE_TYPE) return about(path, "has an entry of an unusual kind in its rights");
  const auto& entry = reinterpret_cast<const ACCESS_ALLOWED_ACE&>(header);
  const std::string sid = sid_text(const_cast<DWORD*>(&entry.SidStart));
  if (sid == own || is_in(sid, kTrusted)) return {};
  if ((entry.Mask & kWrites) != 0) return about(path, "can be written by others (" + sid + "); take that right away");
  if (secret && (entry.Mask & kReads) != 0 && is_in(sid, kEverybody)) {
    return about(path, "can be read by everybody (" + sid + "); take that right away");
  }
  return {};
}

}  // namespace

Result<void> check_owner(HANDLE file, const std::string& path) {
  const auto self = own_facts();
  if (!self) return self.status();
  const auto security = security_of(file, path);
  if (!security) return security.status();
  return check_owner_of(*security, self->user, path);
}

Result<void> check_rights(HANDLE file, const std::string& path, bool secret) {
  const auto self = own_facts();
  if (!self) return self.status();
  const auto security = security_of(file, path);
  if (!security) return security.status();
  auto owner = check_owner_of(*security, self->user, path);
  if (!owner) return owner;
  if (security->rights == nullptr) return about(path, "can be written by everybody");
  for (DWORD i = 0; i < security->rights->AceCount; ++i) {
    void* entry = nullptr;
    if (!::GetAce(security->rights, i, &entry)) return failure("read the rights of " + path, ::GetLastError());
    auto checked = check_entry(*static_cast<const ACE_HEADER*>(entry), self->user, secret, path);
    if (!checked) return checked;
  }
  return {};
}

}  // namespace hostscope::windows_os
