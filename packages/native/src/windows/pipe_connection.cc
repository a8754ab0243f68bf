// SPDX-License-Identifier: Apache-2.0
#include "windows/pipe_connection.h"

#include <cstdlib>

#include "windows/failure.h"
#include "windows/security_descriptor.h"

namespace hostscope {
namespace windows_os {
namespace {

// The engine's own C library keeps its table of descriptors, and shows this one way into it.
using OpenDescriptor = int(HANDLE);

OpenDescriptor* open_descriptor() {
  static auto* const found = reinterpret_cast<OpenDescriptor*>(
      reinterpret_cast<void*>(::GetProcAddress(::GetModuleHandleW(nullptr), "uv_open_osfhandle")));
  return found;
}

// The client as it has shown itself. Good for nothing but looking.
Result<UniqueHandle> client_token(HANDLE pipe) {
  if (!::ImpersonateNamedPipeClient(pipe)) return failure("find out who is at a named pipe", ::GetLastError());
  HANDLE token = nullptr;
  const BOOL opened = ::OpenThreadToken(::GetCurrentThread(), TOKEN_QUERY, TRUE, &token);
  const DWORD error = ::GetLastError();
  // This thread must not go on as somebody else, whatever the price.
  if (!::RevertToSelf()) std::abort();
  if (!opened) return failure("find out who is at a named pipe", error);
  return UniqueHandle(token);
}

// Below that level a client does not say who it is.
bool shows_itself(HANDLE token) {
  SECURITY_IMPERSONATION_LEVEL level{};
  DWORD size = 0;
  return ::GetTokenInformation(token, TokenImpersonationLevel, &level, sizeof level, &size) &&
         level >= SecurityIdentification;
}

}  // namespace

Result<int> OpenPipe::descriptor() {
  if (given_) return Status::internal("a connection was given away already");
  if (open_descriptor() == nullptr) return Status::unsupported("a named pipe in this JavaScript engine", "windows");
  HANDLE copy = nullptr;
  if (!::DuplicateHandle(::GetCurrentProcess(), pipe_.get(), ::GetCurrentProcess(), &copy, 0, FALSE,
                         DUPLICATE_SAME_ACCESS)) {
    return failure("duplicate the handle of a pipe", ::GetLastError());
  }
  UniqueHandle owner(copy);
  const int descriptor = open_descriptor()(copy);
  if (descriptor < 0) return Status::os("open a descriptor for a pipe", errno);
  given_ = true;
  static_cast<void>(owner.release());
  return descriptor;
}

Result<PipePeer> OpenPipe::peer() {
  auto token = client_token(pipe_.get());
  if (!token) return std::move(token.status());
  if (!shows_itself(token->get())) return Status::precondition("the client of a named pipe does not say who it is");
  auto facts = facts_of_token(token->get());
  if (!facts) return std::move(facts.status());
  if (facts->user.empty()) return Status::precondition("the client of a named pipe has no user");
  PipePeer peer{.user = std::move(facts->user), .groups = std::move(facts->groups), .pid = {}};
  ULONG pid = 0;
  if (::GetNamedPipeClientProcessId(pipe_.get(), &pid) && pid != 0) peer.pid = pid;
  return peer;
}

}  // namespace windows_os

Result<PipePeer> own_identity() {
  auto facts = windows_os::own_facts();
  if (!facts) return std::move(facts.status());
  return PipePeer{.user = std::move(facts->user), .groups = std::move(facts->groups), .pid = ::GetCurrentProcessId()};
}

}  // namespace hostscope
