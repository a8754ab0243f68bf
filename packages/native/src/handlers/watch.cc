// SPDX-License-Identifier: Apache-2.0
#include "handlers/watch.h"

#include <algorithm>
#include <utility>

#include "core/clock.h"
#include "handlers/watch_counts.h"

namespace hostscope {
namespace {

// A reader that has not taken a message for so long is not slow but stuck.
constexpr std::chrono::seconds kMostBehind{30};
// A collection that fails, say for want of descriptors, is left out; so many in a row end the watch.
constexpr int kMostFailures = 5;
// So late against its interval, a collection has not only been slow: the process stood still.
constexpr double kGapFactor = 2.5;

wire::Buffer buffer_of(std::string_view message, std::string_view more = {}) {
  wire::Buffer buffer;
  char* to = buffer.reserve(message.size() + more.size());
  to = std::copy(message.begin(), message.end(), to);
  buffer.set_end(std::copy(more.begin(), more.end(), to));
  return buffer;
}

}  // namespace

Watch::Watch(const Context& context, std::string_view op, std::chrono::duration<double> interval)
    : context_(context), op_(op), interval_(interval) {}

bool Watch::over() const {
  const std::lock_guard lock(mutex_);
  return over_;
}

bool Watch::join(const CallPtr& call, const std::string& view_key,
                 std::function<std::shared_ptr<WatchView>()> make_view) {
  bool is_first = false;
  {
    const std::lock_guard lock(mutex_);
    if (over_) return false;
    is_first = groups_.empty() && tick_.sequence == 0 && !collecting_;
    auto& group = groups_[view_key];
    const bool is_new = group.view == nullptr;
    if (is_new) group.view = make_view();
    group.readers.push_back({.call = call});
    if (is_new) tell_views();
    if (is_first) {
      collecting_ = true;
      due_ = Clock::now();
    } else if (group.view->ready()) {
      // What its group knows is as good as new.
      send(group.readers.back(), *group.view, group.snapshot_at(tick_));
    }
  }
  if (is_first) begin();
  // Its readers keep a watch alive, and the last one that leaves is noticed at once.
  call->when_over([self = shared_from_this()] {
    self->context_.pool->at(Clock::now(), [weak = self->weak_from_this()] {
      const auto held = weak.lock();
      if (!held) return;
      const std::lock_guard lock(held->mutex_);
      held->prune();
    });
  });
  return true;
}

void Watch::begin() {
  auto self = shared_from_this();
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = tick_.sequence == 0;
  }
  context_.watch_counts->add(op_);
  collect(first, [self](Status* failure) { self->finish(failure); });
}

const WatchView::Messages& Watch::Group::snapshot_at(const WatchTick& tick) {
  if (!snapshot) snapshot = view->snapshot(tick);
  return *snapshot;
}

void Watch::finish(Status* failure) {
  const std::lock_guard lock(mutex_);
  collecting_ = false;
  if (over_) return;
  if (failure != nullptr) {
    if (tick_.sequence == 0 || ++failures_ == kMostFailures) return fail_all(*failure);
    // What the next one finds is compared with the last one that was made, over the time that has passed.
    return schedule();
  }
  failures_ = 0;
  const std::uint64_t boottime = core::boottime_ns();
  const Moment now;
  if (tick_.sequence > 0) {
    tick_.interval = static_cast<double>(now.monotonic_ns - tick_.moment.monotonic_ns) / 1e9;
    // The clock that goes on while the machine sleeps.
    const double passed = static_cast<double>(boottime - boottime_ns_) / 1e9;
    tick_.gap = passed > kGapFactor * std::max(tick_.pace.interval, interval_.count()) + 0.5;
  }
  boottime_ns_ = boottime;
  tick_.moment = now;
  ++tick_.sequence;
  const auto pace = context_.pace->get();
  const double interval = interval_.count() * pace.stretch;
  tick_.pace_changed = interval != tick_.pace.interval;
  tick_.pace = {interval, pace.cpu_percent, pace.rss};
  settle(tick_);
  deliver();
  schedule();
}

void Watch::deliver() {
  for (auto& [key, group] : groups_) deliver(group);
  prune();
}

void Watch::deliver(Group& group) {
  group.snapshot.reset();
  if (!group.view->ready()) return;
  // Always asked for: a view that remembers who was in it must see every collection.
  const auto changes = group.view->changes(tick_);
  std::vector<CallPtr> up_to_date, newcomers;
  for (auto& reader : group.readers) {
    if (reader.call->cancelled()) continue;
    if (reader.call->unread() > 0) {
      const auto now = Clock::now();
      if (reader.behind_since == Clock::time_point{}) reader.behind_since = now;
      if (now - reader.behind_since > kMostBehind) {
        reader.call->fail(Status::overloaded("the reader took no message for 30 s"));
        continue;
      }
      // A snapshot it waits for anyway is not one more that it missed.
      if (!reader.wants_snapshot || reader.dropped > 0) ++reader.dropped;
      reader.wants_snapshot = true;
      continue;
    }
    reader.behind_since = {};
    if (!reader.wants_snapshot) {
      up_to_date.push_back(reader.call);
      continue;
    }
    if (reader.dropped > 0) {
      send(reader, *group.view, group.snapshot_at(tick_));
    } else {
      reader.wants_snapshot = false;
      newcomers.push_back(reader.call);
    }
  }
  for (const auto& message : changes) Call::emit_to_all(up_to_date, buffer_of(message));
  if (newcomers.empty()) return;
  for (const auto& message : group.snapshot_at(tick_)) Call::emit_to_all(newcomers, buffer_of(message));
}

void Watch::send(Reader& reader, WatchView& view, const WatchView::Messages& messages) {
  wire::Writer more;
  if (reader.dropped > 0) view.write_dropped(std::exchange(reader.dropped, 0), more);
  reader.wants_snapshot = false;
  bool is_first = true;
  for (const auto& message : messages) {
    reader.call->emit(buffer_of(message, is_first ? more.view() : std::string_view()));
    is_first = false;
  }
}

void Watch::prune() {
  bool lost_view = false;
  for (auto group = groups_.begin(); group != groups_.end();) {
    std::erase_if(group->second.readers, [](const Reader& reader) { return reader.call->cancelled(); });
    if (group->second.readers.empty()) {
      group = groups_.erase(group);
      lost_view = true;
    } else {
      ++group;
    }
  }
  if (lost_view) tell_views();
  if (groups_.empty()) over_ = true;
}

void Watch::tell_views() {
  std::vector<std::shared_ptr<WatchView>> views;
  for (const auto& [key, group] : groups_) views.push_back(group.view);
  views_changed(views);
}

void Watch::schedule() {
  if (over_) return;
  const std::chrono::duration<double> interval(tick_.pace.interval);
  const auto now = Clock::now();
  due_ += std::chrono::duration_cast<Clock::duration>(interval);
  // Late ones are not made up for.
  if (due_ <= now) due_ = now + std::chrono::duration_cast<Clock::duration>(interval);
  context_.pool->at(due_, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (!self) return;
    {
      const std::lock_guard lock(self->mutex_);
      self->prune();
      if (self->over_) return;
      self->collecting_ = true;
    }
    self->begin();
  });
}

void Watch::fail_all(const Status& status) {
  for (auto& [key, group] : groups_) {
    for (auto& reader : group.readers) reader.call->fail(status);
  }
  groups_.clear();
  over_ = true;
}

void WatchHub::join(const std::string& key, const CallPtr& call, const std::string& view_key,
                    const std::function<std::shared_ptr<Watch>()>& make_watch,
                    const std::function<std::shared_ptr<WatchView>(Watch&)>& make_view) {
  const std::lock_guard lock(mutex_);
  std::erase_if(watches_, [](const auto& entry) { return entry.second.expired(); });
  const auto joined = [&](const std::shared_ptr<Watch>& watch) {
    return watch != nullptr && watch->join(call, view_key, [&] { return make_view(*watch); });
  };
  auto& known = watches_[key];
  if (joined(known.lock())) return;
  const auto watch = make_watch();
  known = watch;
  joined(watch);
}

}  // namespace hostscope
