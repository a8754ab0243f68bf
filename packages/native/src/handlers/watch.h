// SPDX-License-Identifier: Apache-2.0
// One collection for all who watch the same thing, repeated as long as somebody does.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "dispatch.h"
#include "handlers/moment.h"
#include "handlers/watch_pace.h"

namespace hostscope {

// The first collection measures over this.
inline constexpr std::chrono::milliseconds kFirstMeasure{100};

// One collection, as messages tell of it.
struct WatchTick {
  std::uint64_t sequence = 0;
  Moment moment;
  std::optional<double> interval;  // seconds since the collection before; empty for the first
  bool gap = false;                // something may have come and gone unseen since then
  PaceReport pace;
  bool pace_changed = false;
};

// What a group of readers sees of a watch: they get the same bytes. Its watch's lock is held during each call.
class WatchView {
 public:
  using Messages = std::vector<std::string>;

  virtual ~WatchView() = default;
  // Whether the last collection was made with this view in mind; until then it has nothing to show.
  virtual bool ready() const = 0;
  // Everything as of the last collection.
  virtual Messages snapshot(const WatchTick& tick) = 0;
  // What the last collection found changed. Called for each, in order, while the view has readers.
  virtual Messages changes(const WatchTick& tick) = 0;
  // A field that says how many collections the reader was too slow for.
  virtual void write_dropped(std::uint32_t count, wire::Writer& out) const = 0;
};

// Collects at its interval and brings what it found to each reader: what changed, or everything to those who are new or
// were behind. A reader that is behind gets nothing more until it has read, so that what is kept for it never grows.
class Watch : public std::enable_shared_from_this<Watch> {
 public:
  using Clock = WorkerPool::Clock;

  Watch(const Context& context, std::string_view op, std::chrono::duration<double> interval);
  virtual ~Watch() = default;

  // Adds a reader, and begins to collect if it is the first. False if the watch is over: then a new one is needed.
  bool join(const CallPtr& call, const std::string& view_key, std::function<std::shared_ptr<WatchView>()> make_view);
  // True once nobody watches any more.
  bool over() const;

 protected:
  // Begins a collection on workers, which calls `done` once, from any thread. The first one may take its time, to have
  // something to measure from. Never two at once.
  virtual void collect(bool first, std::function<void(Status* failure)> done) = 0;
  // Under the lock: takes over what was collected.
  virtual void settle(const WatchTick& tick) = 0;
  // Under the lock: which views there are now.
  virtual void views_changed(const std::vector<std::shared_ptr<WatchView>>&) {}

  const Context& context() const { return context_; }
  std::string_view op() const { return op_; }
  // The lock, for what a collection takes with it when it begins and ends.
  std::mutex& state() const { return mutex_; }

 private:
  struct Reader {
    CallPtr call;
    bool wants_snapshot = true;
    std::uint32_t dropped = 0;
    Clock::time_point behind_since = {};
  };
  struct Group {
    std::shared_ptr<WatchView> view;
    std::vector<Reader> readers;
    std::optional<WatchView::Messages> snapshot;  // of the last collection, once somebody needs it

    const WatchView::Messages& snapshot_at(const WatchTick& tick);
  };

  void begin();
  void finish(Status* failure);
  void deliver();
  void deliver(Group& group);
  void send(Reader& reader, WatchView& view, const WatchView::Messages& messages);
  void prune();
  void tell_views();
  void schedule();
  void fail_all(const Status& status);

  const Context context_;
  const std::string_view op_;
  const std::chrono::duration<double> interval_;
  mutable std::mutex mutex_;
  std::map<std::string, Group> groups_;
  WatchTick tick_;
  Clock::time_point due_ = {};
  std::uint64_t boottime_ns_ = 0;  // of the last collection
  int failures_ = 0;               // since then
  bool collecting_ = false;
  bool over_ = false;
};

// The watches of one collector, by what they collect.
class WatchHub {
 public:
  // Joins the watch with this key, making one if there is none.
  void join(const std::string& key, const CallPtr& call, const std::string& view_key,
            const std::function<std::shared_ptr<Watch>()>& make_watch,
            const std::function<std::shared_ptr<WatchView>(Watch&)>& make_view);

 private:
  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<Watch>> watches_;
};

}  // namespace hostscope
