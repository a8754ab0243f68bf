// SPDX-License-Identifier: Apache-2.0
#include "call.h"

#include <algorithm>
#include <utility>

namespace hostscope {

namespace {

// How far a stream may be ahead of its reader, in bytes.
constexpr std::size_t kMostUnread = 1024 * 1024;

}  // namespace

void Call::emit(wire::Buffer message) {
  std::lock_guard lock(mutex_);
  if (over_.load(std::memory_order_relaxed)) return;
  unread_ += message.size();
  sink_->deliver({.call_id = id_, .kind = CallEvent::Kind::kChunk, .has_bytes = true, .bytes = std::move(message)});
}

bool Call::count_unread(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  if (over_.load(std::memory_order_relaxed)) return false;
  unread_ += bytes;
  return true;
}

void Call::emit_to_all(const std::vector<std::shared_ptr<Call>>& calls, wire::Buffer message) {
  CallEvent event{.kind = CallEvent::Kind::kChunk, .has_bytes = true};
  const Call* first = nullptr;
  for (const auto& call : calls) {
    // One that ends from here on is over before the message comes, and nobody looks for it then.
    if (!call->count_unread(message.size())) continue;
    if (first == nullptr) {
      first = call.get();
      event.call_id = call->id_;
    } else {
      event.others.push_back(call->id_);
    }
  }
  if (first == nullptr) return;
  event.bytes = std::move(message);
  first->sink_->deliver(std::move(event));
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

void Call::taken(std::size_t bytes) {
  std::vector<std::function<void()>> go_on;
  {
    std::lock_guard lock(mutex_);
    unread_ -= std::min(unread_, bytes);
    if (unread_ <= kMostUnread) go_on.swap(when_read_);
  }
  for (const auto& each : go_on) each();
}

std::size_t Call::unread() const {
  std::lock_guard lock(mutex_);
  return unread_;
}

void Call::when_read(std::function<void()> go_on) {
  {
    std::lock_guard lock(mutex_);
    if (over_.load(std::memory_order_relaxed)) return;
    if (unread_ > kMostUnread) {
      when_read_.push_back(std::move(go_on));
      return;
    }
  }
  go_on();
}

void Call::complete(CallEvent event, bool silent) {
  std::vector<std::function<void()>> notify, dropped;  // what they hold is let go without the lock
  {
    std::lock_guard lock(mutex_);
    if (over_.load(std::memory_order_relaxed)) return;
    over_.store(true, std::memory_order_release);
    notify.swap(when_over_);
    dropped.swap(when_read_);
    if (!silent) sink_->deliver(std::move(event));
  }
  for (const auto& each : notify) each();
}

}  // namespace hostscope
