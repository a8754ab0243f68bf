// SPDX-License-Identifier: Apache-2.0
// Watching some metrics of the host, each a field of the message: what System.Watch and Sensors.Watch share.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "handlers/inner_call.h"
#include "handlers/watch.h"
#include "handlers/watches.h"
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
  void (*failure)(std::uint32_t field, const Status& failure, wire::Writer& out);
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
              [](std::uint32_t field, const Status& failure, wire::Writer& bytes) {
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
    std::optional<Status> failure;
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

// Joins the watch that a request asks for; `flags` tell it from others of the same metrics. `metric_of` makes a metric.
template <class ResponseWriter, class MetricNumber, class Request, class MetricOf>
void join_metric_watch(const Context& context, const CallPtr& call, gen::Method method, const Request& request,
                       const WatchIntervals& intervals, const std::string& flags, MetricOf metric_of) {
  std::set<MetricNumber> wanted;
  for (const auto metric : request.metrics) {
    if (metric == MetricNumber::kUnspecified || !is_known(metric)) {
      return call->fail(Status::invalid_argument(
          "metrics", "there is no metric with the number " + std::to_string(static_cast<std::int32_t>(metric))));
    }
    wanted.insert(metric);
  }
  if (wanted.empty()) return call->fail(Status::invalid_argument("metrics", "must name one metric at least"));
  const auto interval = watch_interval(request.interval, intervals);
  if (!interval) return call->fail(interval.status());
  std::string key = std::string(call->info().name) + " " + std::to_string(*interval) + flags;
  for (const auto metric : wanted) key += " " + std::to_string(static_cast<std::int32_t>(metric));
  const auto make_watch = [&]() -> std::shared_ptr<Watch> {
    std::vector<Metric> metrics;
    for (const auto metric : wanted) metrics.push_back(metric_of(metric));
    static constexpr auto kFormat = metric_format<ResponseWriter, MetricNumber>();
    return std::make_shared<MetricWatch>(context, method, std::chrono::duration<double>(*interval), std::move(metrics),
                                         kFormat);
  };
  context.watches->join(key, call, "", make_watch, MetricWatch::view_of);
}

}  // namespace hostscope
