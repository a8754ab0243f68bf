// SPDX-License-Identifier: Apache-2.0
#include "handlers/metric_watch.h"

#include <algorithm>
#include <utility>

namespace hostscope {
namespace {

// A metric that takes longer fails in this collection, so that the others are not late.
constexpr std::chrono::duration<double> kMostPatience{1.0};

}  // namespace

// The lock of the watch is held whenever it looks.
class MetricWatch::View : public WatchView {
 public:
  explicit View(const MetricWatch& watch) : watch_(watch) {}

  bool ready() const override { return watch_.latest_.size() > 0 || !watch_.latest_failures_.empty(); }

  Messages snapshot(const WatchTick& tick) override {
    wire::Writer out;
    watch_.format_.begin(tick, true, out);
    out.put_encoded(watch_.latest_failures_);
    for (std::size_t at = 0; at < watch_.latest_.size(); ++at) out.put_encoded(watch_.latest_[at].bytes);
    return {out.take()};
  }

  Messages changes(const WatchTick& tick) override {
    wire::Writer out;
    watch_.format_.begin(tick, false, out);
    out.put_encoded(watch_.changes_);
    return {out.take()};
  }

  void write_dropped(std::uint32_t count, wire::Writer& out) const override { watch_.format_.dropped(count, out); }

 private:
  const MetricWatch& watch_;
};

// One collection in progress.
struct MetricWatch::Collection {
  std::mutex mutex;
  std::size_t open = 0;
  std::map<std::uint32_t, Reading> readings;
  std::function<void(std::map<std::uint32_t, Reading>)> done;

  void finish(std::uint32_t field, Reading reading) {
    {
      const std::lock_guard lock(mutex);
      // What comes after it was given up is dropped.
      if (!readings.emplace(field, std::move(reading)).second || --open > 0) return;
    }
    done(std::move(readings));
  }
};

MetricWatch::MetricWatch(const Context& context, gen::Method method, std::chrono::duration<double> interval,
                         std::vector<Metric> metrics, const MetricFormat& format)
    : Watch(context, gen::kMethods[static_cast<std::size_t>(method)].name, interval),
      method_(method),
      interval_(interval),
      metrics_(std::move(metrics)),
      format_(format) {}

std::shared_ptr<WatchView> MetricWatch::view_of(Watch& watch) {
  return std::make_shared<View>(static_cast<MetricWatch&>(watch));
}

void MetricWatch::collect(bool first, std::function<void(Status*)> done) {
  std::vector<const Metric*> measuring;
  for (const auto& metric : metrics_) {
    if (first && metric.measures) measuring.push_back(&metric);
  }
  if (measuring.empty()) return read_all(std::move(done));
  auto self = std::static_pointer_cast<MetricWatch>(shared_from_this());
  read(measuring, [self, done = std::move(done)](const auto&) {
    self->context().pool->at(Clock::now() + kFirstMeasure, [self, done] { self->read_all(done); });
  });
}

void MetricWatch::read_all(std::function<void(Status*)> done) {
  std::vector<const Metric*> all;
  for (const auto& metric : metrics_) all.push_back(&metric);
  auto self = std::static_pointer_cast<MetricWatch>(shared_from_this());
  read(all, [self, done = std::move(done)](std::map<std::uint32_t, Reading> readings) {
    {
      const std::lock_guard lock(self->state());
      self->collected_ = std::move(readings);
    }
    done(nullptr);
  });
}

void MetricWatch::read(const std::vector<const Metric*>& metrics,
                       std::function<void(std::map<std::uint32_t, Reading>)> done) {
  auto collection = std::make_shared<Collection>();
  collection->open = metrics.size();
  collection->done = std::move(done);
  const auto patience = std::min(kMostPatience, std::max(interval_, std::chrono::duration<double>(0.25)));
  const auto deadline = Clock::now() + std::chrono::duration_cast<Clock::duration>(patience);
  for (const auto* metric : metrics) {
    const auto field = metric->field;
    auto call = inner_call(
        method_,
        [collection, field](const Status& failure) { collection->finish(field, {.field = {}, .failure = failure}); },
        deadline);
    fail_at(*context().pool, call, deadline, "not read in time");
    metric->read(context(), call, [collection, call, field](std::string bytes) {
      // In this order: the call is over for whoever still waits for its deadline.
      call->cancel();
      collection->finish(field, {.field = std::move(bytes), .failure = {}});
    });
  }
}

void MetricWatch::settle(const WatchTick&) {
  wire::Writer fields, failures, changed;
  for (auto& [field, reading] : std::exchange(collected_, {})) {
    if (reading.failure) {
      format_.failure(field, *reading.failure, failures);
    } else {
      fields.put_encoded(reading.field);
    }
  }
  wire::Parts now(fields.take());
  const auto difference = wire::difference(latest_, now);
  // Failures are told of as long as they last: a message without them means that there are none.
  latest_failures_ = failures.take();
  changed.put_encoded(latest_failures_);
  difference.changed.for_each([&](std::uint32_t field) { changed.put_encoded(now.find(field)); });
  latest_ = std::move(now);
  changes_ = changed.take();
}

}  // namespace hostscope
