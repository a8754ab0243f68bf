// SPDX-License-Identifier: Apache-2.0
// Watching some metrics of the host, each a field of the message: what System.Watch and Sensors.Watch share.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "handlers/inner_call.h"
#include "handlers/watch.h"
#include "wire/parts.h"

namespace hostscope {

// Takes what was read: the encoded field.
using MetricDone = std::function<void(std::string field)>;

struct Metric {
  std::uint32_t field = 0;
  // Tells of the time between two readings, so that the first needs one before.
  bool measures = false;
  // Reads it and calls `done`, or fails the call; on whichever thread.
  std::function<void(const Context& context, const CallPtr& call, MetricDone done)> read;
};

// How messages of one of the calls are written.
struct MetricFormat {
  void (*begin)(const WatchTick& tick, bool snapshot, wire::Writer& out);
  void (*failure)(std::uint32_t field, const InnerFailure& failure, wire::Writer& out);
  void (*dropped)(std::uint32_t count, wire::Writer& out);
};

template <class ResponseWriter, class MetricNumber>
constexpr MetricFormat metric_format() {
  return {.begin =
              [](const WatchTick& tick, bool snapshot, wire::Writer& bytes) {
                ResponseWriter out(bytes);
                out.snapshot(snapshot);
                out.sequence(tick.sequence);
                out.sample([&](auto& w) { tick.moment.write(w); });
                if (tick.interval) out.interval(*tick.interval);
                out.gap(tick.gap);
                if (snapshot || tick.pace_changed) out.pace([&](auto& w) { tick.pace.write(w); });
              },
          .failure =
              [](std::uint32_t field, const InnerFailure& failure, wire::Writer& bytes) {
                ResponseWriter(bytes).failures([&](auto& w) {
                  w.metric(static_cast<MetricNumber>(field));
                  w.reason(failure.reason);
                  if (failure.os_error) w.os_error(*failure.os_error);
                });
              },
          .dropped = [](std::uint32_t count, wire::Writer& bytes) { ResponseWriter(bytes).dropped(count); }};
}

class MetricWatch : public Watch {
 public:
  MetricWatch(const Context& context, gen::Method method, std::chrono::duration<double> interval,
              std::vector<Metric> metrics, const MetricFormat& format);

  // All who watch it see the same.
  static std::shared_ptr<WatchView> view_of(Watch& watch);

 protected:
  void collect(bool first, std::function<void(Status*)> done) override;
  void settle(const WatchTick& tick) override;

 private:
  class View;
  struct Reading {
    std::string field;
    std::optional<InnerFailure> failure;
  };
  struct Collection;

  void read(const std::vector<const Metric*>& metrics, std::function<void(std::map<std::uint32_t, Reading>)> done);
  void read_all(std::function<void(Status*)> done);

  const gen::Method method_;
  const std::chrono::duration<double> interval_;
  const std::vector<Metric> metrics_;
  const MetricFormat format_;
  std::map<std::uint32_t, Reading> collected_;
  wire::Parts latest_;
  std::string latest_failures_;
  std::string changes_;  // fields of the last collection that differ from those before it
};

}  // namespace hostscope
