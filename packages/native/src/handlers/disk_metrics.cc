// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "encode/disk.h"
#include "handlers/counter_metric.h"

namespace hostscope {
namespace {

using M = gen::SystemMetric;
using D = model::DiskCounter;
using Out = gen::SystemWatchResponseWriter;

// A file system that does not answer costs the collection no more than this.
constexpr std::chrono::milliseconds kMountPatience{200};

void write_rates(const DeviceActivity& disk, gen::DiskIoRatesWriter& out) {
  const auto per_second = [&](D counter) { return rate((*disk.before)[counter], disk.now[counter], disk.seconds); };
  out.read_count(per_second(D::kReadCount).value_or(0));
  out.write_count(per_second(D::kWriteCount).value_or(0));
  out.read_bytes(per_second(D::kReadBytes).value_or(0));
  out.write_bytes(per_second(D::kWriteBytes).value_or(0));
  // Of all disks together a share of the time makes no sense. The counter is in milliseconds.
  if (disk.name.empty()) return;
  if (const auto busy = per_second(D::kBusyTime)) out.busy_percent(std::min(100.0, *busy / 10));
}

void write_activity(const DeviceActivity& disk, gen::DiskIoActivityWriter& out) {
  out.counters([&](auto& w) {
    if (!disk.name.empty()) w.name(disk.name);
    encode::disk_io_counters(disk.now, w);
  });
  if (disk.before && disk.seconds > 0) out.rates([&](auto& w) { write_rates(disk, w); });
}

Metric disk_counters(bool perdisk) {
  return counter_metric(M::kDiskIoCounters, &SharedReads::disks, [perdisk](const CountedDevices& disks, Out& out) {
    out.disk_io_counters([&](auto& watch) {
      if (disks.total) watch.total([&](auto& w) { write_activity(*disks.total, w); });
      if (!perdisk) return;
      for (const auto& disk : disks.each) watch.disks([&](auto& w) { write_activity(disk, w); });
    });
  });
}

Metric partitions(bool all) {
  return pool_metric(M::kDiskPartitions, false, [all](const Collector& collector, Out& out) -> Result<void> {
    auto mounts = collector.disk_partitions(all);
    if (!mounts) return std::move(mounts.status());
    out.disk_partitions([&](auto& watch) {
      for (const auto& mount : *mounts) watch.partitions([&](auto& w) { encode::disk_partition(mount, w); });
    });
    return {};
  });
}

// The space of all mounts, each asked for by itself: one that does not answer has none this time.
class MountUsages : public std::enable_shared_from_this<MountUsages> {
 public:
  MountUsages(std::vector<model::DiskPartition> mounts, MetricDone done)
      : mounts_(std::move(mounts)), usages_(mounts_.size()), open_(mounts_.size()), done_(std::move(done)) {}

  void start(const Context& context) {
    if (mounts_.empty()) return write();
    const auto deadline = Call::Clock::now() + kMountPatience;
    for (std::size_t at = 0; at < mounts_.size(); ++at) {
      auto self = shared_from_this();
      auto call = inner_call(
          gen::Method::kSystemWatch, [self, at](const Status&) { self->finish(at, {}); }, deadline);
      fail_at(*context.pool, call, deadline, "the file system does not answer");
      context.shared->paths->run(context, *context.file_pool, call, mounts_[at].mountpoint,
                                 [self, at, call, collector = context.collector] {
                                   auto usage = collector->disk_usage(self->mounts_[at].mountpoint);
                                   if (!usage) return call->fail(std::move(usage.status()));
                                   call->cancel();
                                   self->finish(at, *usage);
                                 });
    }
  }

 private:
  void finish(std::size_t at, std::optional<model::DiskUsage> usage) {
    {
      const std::lock_guard lock(mutex_);
      if (answered_.size() != mounts_.size()) answered_.resize(mounts_.size());
      if (answered_[at]) return;
      answered_[at] = true;
      usages_[at] = usage;
      if (--open_ > 0) return;
    }
    write();
  }

  void write() {
    wire::Writer bytes;
    Out(bytes).disk_usage([&](auto& watch) {
      for (std::size_t at = 0; at < mounts_.size(); ++at) {
        watch.mounts([&](auto& w) {
          w.mountpoint(mounts_[at].mountpoint);
          if (usages_[at]) w.disk_usage([&](auto& usage) { encode::disk_usage(*usages_[at], usage); });
        });
      }
    });
    done_(bytes.take());
  }

  const std::vector<model::DiskPartition> mounts_;
  std::mutex mutex_;
  std::vector<std::optional<model::DiskUsage>> usages_;
  std::vector<bool> answered_;
  std::size_t open_;
  const MetricDone done_;
};

Metric usage(bool all) {
  return {.field = static_cast<std::uint32_t>(M::kDiskUsage),
          .measures = false,
          .read = [all](const Context& context, const CallPtr& call, MetricDone done) {
            context.shared->metrics->run(context, *context.pool, call, "System.Watch disk_usage",
                                         [all, context, call, done = std::move(done)] {
                                           auto mounts = context.collector->disk_partitions(all);
                                           if (!mounts) return call->fail(std::move(mounts.status()));
                                           std::make_shared<MountUsages>(std::move(*mounts), done)->start(context);
                                         });
          }};
}

}  // namespace

std::optional<Metric> disk_metric(M metric, bool perdisk, bool all_partitions) {
  switch (metric) {
    case M::kDiskIoCounters:
      return disk_counters(perdisk);
    case M::kDiskPartitions:
      return partitions(all_partitions);
    case M::kDiskUsage:
      return usage(all_partitions);
    default:
      return std::nullopt;
  }
}

}  // namespace hostscope
