// SPDX-License-Identifier: Apache-2.0
#include "dispatch.h"

namespace hostscope {
namespace {

Status missing(const gen::MethodInfo& info) {
  const auto platform = platform_name();
  if (info.name.starts_with("WinService.") && platform != "windows") return Status::unsupported(info.name, platform);
  return Status::not_implemented(info.name, platform, HOSTSCOPE_VERSION);
}

void fail_at_deadline(WorkerPool& pool, const CallPtr& call) {
  const auto timer = pool.at(*call->deadline(), [weak = std::weak_ptr(call)] {
    if (const auto waiting = weak.lock()) waiting->fail(Status::deadline("not done before the deadline"));
  });
  call->when_over([weak = pool.weak_from_this(), timer] {
    if (const auto held = weak.lock()) held->cancel(timer);
  });
}

}  // namespace

void run_on_pool(const Context& context, const CallPtr& call, std::function<void()> work,
                 std::chrono::milliseconds delay) {
  Job job{
      .op = call->info().name,
      .run =
          [call, work = std::move(work)](ReadGuard&) {
            if (!call->cancelled()) work();
          },
      .stuck = [call](std::optional<StuckTarget>) { call->fail(Status::deadline("the system does not answer")); },
      .rejected = [call](Status status) { call->fail(std::move(status)); },
  };
  if (delay > delay.zero()) {
    context.pool->submit_after(delay, std::move(job));
  } else {
    context.pool->submit(std::move(job));
  }
}

Dispatcher::Dispatcher(Context context)
    : context_(std::move(context)), inline_allowed_(context_.collector->roots_cannot_block()) {
  add_system_handlers(handlers_);
  add_process_handlers(handlers_);
}

void Dispatcher::start(const CallPtr& call) const {
  if (call->deadline() && *call->deadline() <= Call::Clock::now()) {
    call->fail(Status::deadline("the deadline had passed before the call began"));
    return;
  }
  const auto& [lane, handler] = handlers_[call->method()];
  if (!handler) {
    call->fail(missing(call->info()));
    return;
  }
  if (lane == Lane::kAsync || (lane == Lane::kInline && inline_allowed_)) {
    handler(context_, call);
  } else {
    // Copies: a stuck thread may outlive this dispatcher.
    run_on_pool(context_, call, [handler = handler, context = context_, call] { handler(context, call); });
  }
  if (call->deadline() && !call->cancelled()) fail_at_deadline(*context_.pool, call);
}

}  // namespace hostscope
