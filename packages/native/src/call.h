// SPDX-License-Identifier: Apache-2.0
// One RPC in progress.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/status.h"
#include "gen/methods.gen.h"
#include "grant.h"
#include "wire/buffer.h"
#include "wire/writer.h"

namespace hostscope {

// What a call sends to its caller.
struct CallEvent {
  enum class Kind : std::uint8_t { kChunk = 0, kEnd = 1, kError = 2 };

  std::uint32_t call_id = 0;
  Kind kind = Kind::kEnd;
  bool has_bytes = false;    // kEnd: whether a response comes with it
  wire::Buffer bytes = {};   // kError: the encoded ErrorDetail
  int code = 0;              // kError: gRPC status code
  std::string message = {};  // kError
};

// Takes the events of calls, from any thread.
class CallSink {
 public:
  virtual ~CallSink() = default;
  virtual void deliver(CallEvent event) = 0;
};

// Thread-safe. Completes exactly once: whatever comes after the first finish(), fail() or cancel() is dropped, so that
// a late worker and a passed deadline need not know of each other.
class Call {
 public:
  using Clock = std::chrono::steady_clock;

  Call(std::uint32_t id, const gen::MethodInfo& info, std::string request, std::optional<Clock::time_point> deadline,
       std::shared_ptr<CallSink> sink, Grant grant = {})
      : id_(id),
        info_(info),
        request_(std::move(request)),
        deadline_(deadline),
        sink_(std::move(sink)),
        grant_(std::move(grant)) {}

  std::uint32_t id() const { return id_; }
  const gen::MethodInfo& info() const { return info_; }
  gen::Method method() const { return info_.method; }
  // Good as long as the call is held.
  std::string_view request() const { return request_; }
  std::optional<Clock::time_point> deadline() const { return deadline_; }
  // What its caller may see and meet. Good as long as the call is held.
  const Grant& grant() const { return grant_; }

  // Sends one message of a stream. Order is kept.
  void emit(wire::Buffer message);
  // The reader of the stream has taken messages of so many bytes.
  void taken(std::size_t bytes);
  // Bytes of messages that the reader has not taken yet.
  std::size_t unread() const;
  // Runs `go_on` as soon as the reader is hardly behind: at once, or on the thread that calls taken(), so it must be
  // brief. Never if the call is over by then. What is made only then cannot pile up.
  void when_read(std::function<void()> go_on);
  // Sends the only message of a unary call, or ends a stream.
  void finish(wire::Buffer response);
  void finish();
  void fail(Status status);
  // The caller is gone: completes without an event.
  void cancel();

  // Whether the call is over, for whatever reason: no more work need be done for it.
  bool cancelled() const { return over_.load(std::memory_order_acquire); }
  // Runs `notify` once, when the call is over (at once if it is already): to stop what only this call needs. It runs on
  // the completing thread and must be brief.
  void when_over(std::function<void()> notify);

 private:
  void complete(CallEvent event, bool silent);

  const std::uint32_t id_;
  const gen::MethodInfo& info_;
  const std::string request_;
  const std::optional<Clock::time_point> deadline_;
  const std::shared_ptr<CallSink> sink_;
  const Grant grant_;
  std::atomic<bool> over_{false};
  mutable std::mutex mutex_;  // orders events; held while they are delivered
  std::vector<std::function<void()>> when_over_, when_read_;
  std::size_t unread_ = 0;  // bytes
};

using CallPtr = std::shared_ptr<Call>;

}  // namespace hostscope
