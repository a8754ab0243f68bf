// SPDX-License-Identifier: Apache-2.0
// Takes the connections of a named pipe. Node could, too, but with rights that are not ours to choose, for everybody on
// the network, and without a way to learn who has come.
#include "pipe_server.h"

#include <system_error>
#include <thread>

#include "windows/failure.h"
#include "windows/pipe_connection.h"
#include "windows/security_descriptor.h"

namespace hostscope {
namespace windows_os {
namespace {

constexpr DWORD kBufferBytes = 64 * 1024;
constexpr DWORD kTryAgainMs = 100;
// To read and write. Whoever may write may also serve, as Windows has one bit for both.
constexpr auto kConnect = "0x12019f";

std::string rights_of(const std::string& group, const std::string& own) {
  std::string text = "D:P(A;;GA;;;SY)(A;;GA;;;BA)(A;;GA;;;" + own + ")";
  if (!group.empty()) text += std::string("(A;;") + kConnect + ";;;" + group + ")";
  return text;
}

class Listener : public PipeServer {
 public:
  Listener(std::string name, LocalPointer<void> rights, std::function<void(std::unique_ptr<PipeConnection>)> connected)
      : name_(to_utf16(name)),
        rights_(std::move(rights)),
        connected_(std::move(connected)),
        stop_(::CreateEventW(nullptr, TRUE, FALSE, nullptr)),
        arrived_(::CreateEventW(nullptr, TRUE, FALSE, nullptr)) {}

  ~Listener() override {
    ::SetEvent(stop_.get());
    if (thread_.joinable()) thread_.join();
  }

  // The first of them owns the name: it fails if there is one.
  DWORD begin() {
    first_ = make(FILE_FLAG_FIRST_PIPE_INSTANCE);
    if (!first_) return ::GetLastError();
    try {
      thread_ = std::thread([this] { take_all(); });
    } catch (const std::system_error&) {
      return ERROR_NO_SYSTEM_RESOURCES;
    }
    return ERROR_SUCCESS;
  }

 private:
  UniqueHandle make(DWORD flags) {
    SECURITY_ATTRIBUTES attributes{sizeof attributes, rights_.get(), FALSE};
    return UniqueHandle(::CreateNamedPipeW(wide(name_), PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED | flags,
                                           PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS,
                                           PIPE_UNLIMITED_INSTANCES, kBufferBytes, kBufferBytes, 0, &attributes));
  }

  void take_all() {
    UniqueHandle waiting = std::move(first_);
    while (!is_stopping(0)) {
      if (!waiting) waiting = make(0);
      if (!waiting || !await_client(waiting.get())) {
        waiting = UniqueHandle();
        // Out of memory, or a client that left at once: there is no busy waiting for either.
        if (is_stopping(kTryAgainMs)) return;
        continue;
      }
      // Before it is given away: whoever comes meanwhile finds the name.
      UniqueHandle next = make(0);
      connected_(std::make_unique<OpenPipe>(std::move(waiting)));
      waiting = std::move(next);
    }
  }

  bool is_stopping(DWORD wait_ms) const { return ::WaitForSingleObject(stop_.get(), wait_ms) != WAIT_TIMEOUT; }

  bool await_client(HANDLE pipe) {
    OVERLAPPED call{};
    call.hEvent = arrived_.get();
    ::ResetEvent(arrived_.get());
    if (::ConnectNamedPipe(pipe, &call)) return true;
    const DWORD error = ::GetLastError();
    if (error == ERROR_PIPE_CONNECTED) return true;
    if (error != ERROR_IO_PENDING) return false;
    const HANDLE either[] = {stop_.get(), arrived_.get()};
    const bool arrived = ::WaitForMultipleObjects(2, either, FALSE, INFINITE) == WAIT_OBJECT_0 + 1;
    DWORD unused = 0;
    if (!arrived) ::CancelIoEx(pipe, &call);
    // Windows writes to `call` until then.
    return ::GetOverlappedResult(pipe, &call, &unused, TRUE) && arrived;
  }

  std::u16string name_;
  LocalPointer<void> rights_;
  std::function<void(std::unique_ptr<PipeConnection>)> connected_;
  UniqueHandle stop_, arrived_, first_;
  std::thread thread_;
};

}  // namespace
}  // namespace windows_os

Result<std::unique_ptr<PipeServer>> serve_pipe(const PipeServerOptions& options,
                                               std::function<void(std::unique_ptr<PipeConnection>)> connected) {
  using namespace windows_os;
  const auto self = own_facts();
  if (!self) return self.status();
  auto rights = security_descriptor(rights_of(options.group, self->user));
  if (!rights) return std::move(rights.status());
  auto listener = std::make_unique<Listener>(options.name, std::move(*rights), std::move(connected));
  const DWORD error = listener->begin();
  if (error == ERROR_SUCCESS) return std::unique_ptr<PipeServer>(std::move(listener));
  // The same for one who may not even ask for it.
  if (error == ERROR_ACCESS_DENIED || error == ERROR_PIPE_BUSY) {
    Status status = Status::precondition(options.name + " is served already, probably by another agent");
    status.os_error = static_cast<int>(error);
    return status;
  }
  return failure("make the named pipe " + options.name, error);
}

}  // namespace hostscope
