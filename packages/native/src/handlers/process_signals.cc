// SPDX-License-Identifier: Apache-2.0
// Signals to one process. A zombie takes them and stays one, as psutil has it.
#include <csignal>

#include "dispatch.h"
#include "handlers/mutation.h"

namespace hostscope {
namespace {

using gen::Method;

// Sends the signal; the state is that from before.
template <class Request, class ResponseWriter>
Result<gen::ProcessStatus> send(const Collector& collector, const Grant& grant, const Request& request, int number,
                                ResponseWriter& out) {
  auto held = hold_target(collector, grant, request);
  if (!held) return std::move(held.status());
  const auto guarantee = (*held)->signal(number);
  if (!guarantee) return guarantee.status();
  out.guarantee(*guarantee);
  return (*held)->status();
}

template <class Request, class ResponseWriter, int kNumber>
Result<void> send_one(const Collector& collector, const Grant& grant, const Request& request, ResponseWriter& out) {
  auto sent = send(collector, grant, request, kNumber, out);
  if (!sent) return std::move(sent.status());
  return {};
}

Result<void> send_signal(const Collector& collector, const Grant& grant, const gen::SendSignalRequest& request,
                         gen::SendSignalResponseWriter& out) {
  if (!request.signal) return Status::invalid_argument("signal", "is required");
  auto sent = send(collector, grant, request, *request.signal, out);
  if (!sent) return std::move(sent.status());
  return {};
}

#ifdef SIGSTOP
constexpr int kStop = SIGSTOP, kContinue = SIGCONT, kKill = SIGKILL;
#else
// Where there are no such signals, they stand for what the backend does instead.
constexpr int kStop = 19, kContinue = 18, kKill = 9;
#endif

Result<void> suspend(const Collector& collector, const Grant& grant, const gen::SuspendRequest& request,
                     gen::SuspendResponseWriter& out) {
  auto before = send(collector, grant, request, kStop, out);
  if (!before) return std::move(before.status());
  out.changed(*before != gen::ProcessStatus::kStopped && *before != gen::ProcessStatus::kZombie);
  return {};
}

Result<void> resume(const Collector& collector, const Grant& grant, const gen::ResumeRequest& request,
                    gen::ResumeResponseWriter& out) {
  auto before = send(collector, grant, request, kContinue, out);
  if (!before) return std::move(before.status());
  out.changed(*before == gen::ProcessStatus::kStopped);
  return {};
}

}  // namespace

void add_process_signals_handlers(Handlers& handlers) {
  handlers.unary<gen::SendSignalRequest, gen::SendSignalResponseWriter>(Method::kProcessSendSignal, Lane::kPool,
                                                                        send_signal);
  handlers.unary<gen::SuspendRequest, gen::SuspendResponseWriter>(Method::kProcessSuspend, Lane::kPool, suspend);
  handlers.unary<gen::ResumeRequest, gen::ResumeResponseWriter>(Method::kProcessResume, Lane::kPool, resume);
  handlers.unary<gen::TerminateRequest, gen::TerminateResponseWriter>(
      Method::kProcessTerminate, Lane::kPool, send_one<gen::TerminateRequest, gen::TerminateResponseWriter, SIGTERM>);
  handlers.unary<gen::KillRequest, gen::KillResponseWriter>(Method::kProcessKill, Lane::kPool,
                                                            send_one<gen::KillRequest, gen::KillResponseWriter, kKill>);
}

}  // namespace hostscope
