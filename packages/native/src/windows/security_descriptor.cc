// SPDX-License-Identifier: Apache-2.0
#include "windows/security_descriptor.h"

#include <sddl.h>

#include "windows/failure.h"
#include "windows/ntdll.h"
#include "windows/sid_text.h"

namespace hostscope::windows_os {
namespace {

constexpr DWORD kMostInformation = 1 << 20;

Result<std::vector<std::byte>> information(HANDLE token, TOKEN_INFORMATION_CLASS what) {
  std::vector<std::byte> buffer(1024);
  while (true) {
    DWORD needed = 0;
    if (::GetTokenInformation(token, what, buffer.data(), static_cast<DWORD>(buffer.size()), &needed)) return buffer;
    const DWORD error = ::GetLastError();
    if (error != ERROR_INSUFFICIENT_BUFFER || needed <= buffer.size() || needed > kMostInformation) {
      return failure("read a token", error);
    }
    buffer.resize(needed);
  }
}

}  // namespace

Result<LocalPointer<void>> security_descriptor(const std::string& sddl) {
  void* descriptor = nullptr;
  if (!::ConvertStringSecurityDescriptorToSecurityDescriptorW(wide(to_utf16(sddl)), SDDL_REVISION_1, &descriptor,
                                                              nullptr)) {
    return failure("make a security descriptor", ::GetLastError());
  }
  return LocalPointer<void>(descriptor);
}

Result<TokenFacts> facts_of_token(HANDLE token) {
  auto user = information(token, TokenUser);
  if (!user) return std::move(user.status());
  auto groups = information(token, TokenGroups);
  if (!groups) return std::move(groups.status());
  TokenFacts facts{.user = sid_text(reinterpret_cast<const TOKEN_USER*>(user->data())->User.Sid), .groups = {}};
  const auto& all = *reinterpret_cast<const TOKEN_GROUPS*>(groups->data());
  for (DWORD i = 0; i < all.GroupCount; ++i) {
    const auto& [sid, attributes] = all.Groups[i];
    // Of an administrator's token that was not raised, the group of administrators is there to deny only.
    const bool counts = (attributes & SE_GROUP_ENABLED) != 0 && (attributes & SE_GROUP_USE_FOR_DENY_ONLY) == 0;
    if (counts) facts.groups.push_back(sid_text(sid));
  }
  return facts;
}

Result<TokenFacts> own_facts() {
  HANDLE token = nullptr;
  if (!::OpenProcessToken(::GetCurrentProcess(), TOKEN_QUERY, &token)) {
    return failure("open the token of this process", ::GetLastError());
  }
  const UniqueHandle owner(token);
  return facts_of_token(token);
}

std::string service_sid(const std::string& name) {
  using Create = NtStatus NTAPI(UnicodeString*, PSID, ULONG*);
  static const auto create = find_function<Create>(L"ntdll.dll", "RtlCreateServiceSid");
  if (create == nullptr) return {};
  std::u16string text = to_utf16(name);
  const auto bytes = static_cast<std::uint16_t>(text.size() * sizeof(char16_t));
  UnicodeString counted{.length = bytes, .maximum_length = bytes, .buffer = text.data()};
  alignas(SID) std::byte buffer[SECURITY_MAX_SID_SIZE];
  ULONG size = sizeof buffer;
  return create(&counted, buffer, &size) == kNtSuccess ? sid_text(buffer) : std::string();
}

}  // namespace hostscope::windows_os
