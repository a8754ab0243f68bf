// SPDX-License-Identifier: Apache-2.0
#include "call.h"

#include <utility>

namespace hostscope {

void Call::emit(wire::Buffer message) {
  std::lock_guard lock(mutex_);
  if (over_.load(std::memory_order_relaxed)) return;
  sink_->deliver({.call_id = id_, .kind = CallEvent::Kind::kChunk, .has_bytes = true, .bytes = std::move(message)});
}

void Call::finish(wire::Buffer response) {
  complete({.call_id = id_, .kind = CallEvent::Kind::kEnd, .has_bytes = true, .bytes = std::move(response)}, false);
}

void Call::finish() { complete({.call_id = id_, .kind = CallEvent::Kind::kEnd}, false); }

void Call::fail(Status status) {
  if (status.op.empty()) status.op = info_.name;
  complete({.call_id = id_,
            .kind = CallEvent::Kind::kError,
            .has_bytes = true,
            .bytes = encode_detail(status),
            .code = grpc_code(status.reason),
            .message = text(status)},
           false);
}

void Call::cancel() { complete({.call_id = id_}, true); }

void Call::when_over(std::function<void()> notify) {
  {
    std::lock_guard lock(mutex_);
    if (!over_.load(std::memory_order_relaxed)) {
      when_over_.push_back(std::move(notify));
      return;
    }
  }
  notify();
}

void Call::complete(CallEvent event, bool silent) {
  std::vector<std::function<void()>> notify;
  {
    std::lock_guard lock(mutex_);
    if (over_.load(std::memory_order_relaxed)) return;
    over_.store(true, std::memory_order_release);
    notify.swap(when_over_);
    if (!silent) sink_->deliver(std::move(event));
  }
  for (const auto& each : notify) each();
}

}  // namespace hostscope
