// SPDX-License-Identifier: Apache-2.0
#include "encode/disk.h"

#include <algorithm>

#include "dispatch.h"
#include "handlers/moment.h"
#include "handlers/shared_reads.h"

namespace hostscope {
namespace {

using gen::Method;

constexpr std::size_t kMaxPath = 4096;

Result<void> disk_partitions(const Collector& collector, const gen::DiskPartitionsRequest& request,
                             gen::DiskPartitionsResponseWriter& out) {
  auto partitions = collector.disk_partitions(request.all);
  if (!partitions) return std::move(partitions.status());
  out.sample([](auto& w) { Moment().write(w); });
  for (const auto& partition : *partitions) {
    out.partitions([&](auto& w) { encode::disk_partition(partition, w); });
  }
  return {};
}

bool has_parent_step(std::string_view path) {
  while (!path.empty()) {
    const auto name = path.substr(0, path.find('/'));
    if (name == "..") return true;
    path.remove_prefix(std::min(path.size(), name.size() + 1));
  }
  return false;
}

// Why the path cannot be meant; empty if it can.
std::string_view wrong_with(const Collector& collector, std::string_view path) {
  if (path.empty()) return "must be given";
  if (path.size() > kMaxPath) return "must have at most 4096 bytes";
  if (path.find('\0') != std::string_view::npos) return "must not have a NUL";
  if (!collector.is_absolute(path)) return "must be absolute";
  if (has_parent_step(path)) return "must not have \"..\"";
  return {};
}

void disk_usage(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::DiskUsageRequest>(call);
  if (!request) return;
  if (const auto wrong = wrong_with(*context.collector, request->path); !wrong.empty()) {
    call->fail(Status::invalid_argument("path", wrong));
    return;
  }
  context.shared->paths->run(context, *context.file_pool, call, request->path,
                             [collector = context.collector, call, path = request->path] {
                               auto usage = collector->disk_usage(path);
                               if (!usage) return call->fail(std::move(usage.status()));
                               wire::Writer bytes;
                               gen::DiskUsageResponseWriter out(bytes);
                               out.sample([](auto& w) { Moment().write(w); });
                               out.disk_usage([&](auto& w) { encode::disk_usage(*usage, w); });
                               call->finish(bytes.take_buffer());
                             });
}

void disk_io_counters(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::DiskIoCountersRequest>(call);
  if (!request) return;
  context.shared->disks.read(context, call, request->nowrap.value_or(true),
                             [call, perdisk = request->perdisk](const auto& rows) {
                               wire::Writer bytes;
                               gen::DiskIoCountersResponseWriter out(bytes);
                               out.sample([](auto& w) { Moment().write(w); });
                               if (const auto total = model::total_of(rows)) {
                                 out.total([&](auto& w) { encode::disk_io_counters(*total, w); });
                               }
                               for (const auto& [name, values, in_total] : rows) {
                                 if (!perdisk) break;
                                 out.disks([&](auto& w) {
                                   w.name(name);
                                   encode::disk_io_counters(values, w);
                                 });
                               }
                               call->finish(bytes.take_buffer());
                             });
}

}  // namespace

void add_disk_handlers(Handlers& handlers) {
  // The kernel makes the table of mounts under a lock that unmounting may hold for long.
  handlers.unary<gen::DiskPartitionsRequest, gen::DiskPartitionsResponseWriter>(Method::kSystemDiskPartitions,
                                                                                Lane::kPool, disk_partitions);
  handlers.add(Method::kSystemDiskUsage, Lane::kAsync, disk_usage);
  handlers.add(Method::kSystemDiskIoCounters, Lane::kAsync, disk_io_counters);
}

}  // namespace hostscope
