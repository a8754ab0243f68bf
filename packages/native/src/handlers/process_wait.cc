// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <map>
#include <mutex>
#include <tuple>

#include "dispatch.h"
#include "encode/process.h"
#include "gen/process_wait.gen.h"
#include "handlers/process_query.h"

namespace hostscope {
namespace {

using Mode = ExitWatchMode;

// As many as a request of some hundred kilobytes has.
constexpr std::size_t kMostRefs = 20'000;
// Longer than any call, and safe to add to a time.
constexpr double kLongestTimeout = 1e8;

void write_exit(const gen::ProcessRef& ref, std::optional<std::int32_t> returncode, gen::ProcessExitWriter& out) {
  out.ref([&](auto& w) { encode::process_ref(ref, w); });
  if (returncode) out.returncode(*returncode);
}

Result<void> check_timeout(std::optional<double> timeout) {
  if (!timeout || *timeout >= 0) return {};
  return Status::invalid_argument("timeout", "must be a number of seconds, 0 or more");
}

Mode mode_of(std::optional<double> timeout) { return timeout && *timeout == 0 ? Mode::kLook : Mode::kWait; }

// Runs `action` when the timeout has passed, unless the call is over by then.
void at_timeout(const Context& context, const CallPtr& call, std::optional<double> timeout,
                std::function<void(const CallPtr&)> action) {
  if (!timeout || *timeout > kLongestTimeout || call->cancelled()) return;
  const auto after = std::chrono::duration_cast<Call::Clock::duration>(std::chrono::duration<double>(*timeout));
  const auto timer =
      context.pool->at(Call::Clock::now() + after, [weak = std::weak_ptr(call), action = std::move(action)] {
        if (const auto waiting = weak.lock()) action(waiting);
      });
  call->when_over([weak = context.pool->weak_from_this(), timer] {
    if (const auto pool = weak.lock()) pool->cancel(timer);
  });
}

class WaitOne : public ExitListener {
 public:
  WaitOne(CallPtr call, const gen::ProcessRef& ref) : call_(std::move(call)), ref_(ref) {}

  void exited(std::size_t, std::optional<std::int32_t> returncode) override {
    wire::Writer bytes;
    gen::WaitResponseWriter(bytes).exit([&](auto& w) { write_exit(ref_, returncode, w); });
    call_->finish(bytes.take_buffer());
  }

 private:
  const CallPtr call_;
  const gen::ProcessRef ref_;
};

void wait(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::WaitRequest>(call);
  if (!request) return;
  auto ref = required_ref(request->ref);
  if (!ref) return call->fail(std::move(ref.status()));
  const auto timeout = request->timeout;
  auto valid = check_timeout(timeout);
  if (!valid) return call->fail(std::move(valid.status()));
  auto watch = context.collector->watch_exit(*ref, mode_of(timeout), 0, std::make_shared<WaitOne>(call, *ref));
  if (!watch) return call->fail(std::move(watch.status()));
  call->when_over([held = std::move(*watch)]() mutable { held = nullptr; });
  at_timeout(context, call, timeout, [pid = ref->pid](const CallPtr& waiting) {
    auto status = Status::timeout_expired("pid " + std::to_string(pid) + " has not ended in time");
    status.pid = pid;
    waiting->fail(std::move(status));
  });
}

// Exits of many processes on their way to one reader.
class WaitMany : public ExitListener, public std::enable_shared_from_this<WaitMany> {
 public:
  WaitMany(CallPtr call, std::vector<gen::ProcessRef> refs)
      : call_(std::move(call)), refs_(std::move(refs)), gone_(refs_.size()), left_(refs_.size()) {}

  const std::vector<gen::ProcessRef>& refs() const { return refs_; }

  void exited(std::size_t which, std::optional<std::int32_t> returncode) override {
    const std::lock_guard lock(mutex_);
    if (gone_[which]) return;
    gone_[which] = true;
    --left_;
    gen::WaitProcsResponseWriter(batch_).gone([&](auto& w) { write_exit(refs_[which], returncode, w); });
  }

  // While the reader is behind, the next message grows.
  void settled() override {
    {
      const std::lock_guard lock(mutex_);
      if (std::exchange(sending_, true)) return;
    }
    call_->when_read([self = shared_from_this()] { self->send(false); });
  }

  void send(bool timed_out) {
    bool last = false;
    {
      // Sent under the lock: nothing may come after the last message.
      const std::lock_guard lock(mutex_);
      sending_ = false;
      last = timed_out || left_ == 0;
      if (timed_out) write_alive();
      if (batch_.size() > 0) call_->emit(batch_.take_buffer());
    }
    if (last) call_->finish();
  }

 private:
  void write_alive() {
    gen::WaitProcsResponseWriter out(batch_);
    for (std::size_t which = 0; which < refs_.size(); ++which) {
      if (!gone_[which]) out.alive([&](auto& w) { encode::process_ref(refs_[which], w); });
    }
  }

  const CallPtr call_;
  const std::vector<gen::ProcessRef> refs_;
  std::mutex mutex_;
  std::vector<bool> gone_;
  std::size_t left_;
  wire::Writer batch_;
  bool sending_ = false;
};

// Each process once. An error if one of them cannot be meant.
Result<std::vector<gen::ProcessRef>> different(const std::vector<gen::ProcessRef>& refs) {
  if (refs.size() > kMostRefs) {
    return Status::invalid_argument("refs", "has more than " + std::to_string(kMostRefs) + " processes");
  }
  using Key = std::tuple<std::int64_t, std::optional<std::uint64_t>, std::optional<std::uint64_t>,
                         std::optional<std::uint32_t>>;
  std::map<Key, bool> seen;
  std::vector<gen::ProcessRef> once;
  for (const auto& ref : refs) {
    if (ref.pid < 0) return Status::invalid_argument("refs.pid", "a pid is not negative");
    if (seen.emplace(Key{ref.pid, ref.start, ref.pidfd_inode, ref.boot}, true).second) once.push_back(ref);
  }
  return once;
}

void wait_procs(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::WaitProcsRequest>(call);
  if (!request) return;
  auto refs = different(request->refs);
  if (!refs) return call->fail(std::move(refs.status()));
  const auto timeout = request->timeout;
  auto valid = check_timeout(timeout);
  if (!valid) return call->fail(std::move(valid.status()));
  const auto many = std::make_shared<WaitMany>(call, std::move(*refs));
  std::vector<std::shared_ptr<ExitWatch>> watches;
  for (std::size_t which = 0; which < many->refs().size() && !call->cancelled(); ++which) {
    auto watch = context.collector->watch_exit(many->refs()[which], mode_of(timeout), which, many);
    if (watch) {
      if (*watch) watches.push_back(std::move(*watch));
    } else if (watch.status().reason == ErrorReason::kNoSuchProcess) {
      many->exited(which, std::nullopt);
    } else {
      return call->fail(std::move(watch.status()));
    }
  }
  call->when_over([held = std::move(watches)]() mutable { held.clear(); });
  if (mode_of(timeout) == Mode::kLook) return many->send(true);
  many->settled();
  at_timeout(context, call, timeout, [many](const CallPtr&) { many->send(true); });
}

}  // namespace

void add_process_wait_handlers(Handlers& handlers) {
  handlers.add(gen::Method::kProcessWait, Lane::kInline, wait);
  handlers.add(gen::Method::kProcessWaitProcs, Lane::kPool, wait_procs);
}

}  // namespace hostscope
