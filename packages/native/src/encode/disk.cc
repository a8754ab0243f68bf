// SPDX-License-Identifier: Apache-2.0
#include "encode/disk.h"

namespace hostscope::encode {

using model::DiskCounter;

void disk_partition(const model::DiskPartition& in, gen::DiskPartitionWriter& out) {
  if (in.device) out.device(*in.device);
  out.mountpoint(in.mountpoint);
  if (in.fstype) out.fstype(*in.fstype);
  out.opts(in.opts);
}

void disk_usage(const model::DiskUsage& in, gen::DiskUsageWriter& out) {
  out.total(in.total);
  out.used(in.used);
  out.free(in.free);
  out.percent(in.percent);
  if (in.inodes) out.inodes(*in.inodes);
  if (in.inodes_free) out.inodes_free(*in.inodes_free);
}

void disk_io_counters(const model::Counters& in, gen::DiskIoCountersWriter& out) {
  out.read_count(in[DiskCounter::kReadCount].value_or(0));
  out.write_count(in[DiskCounter::kWriteCount].value_or(0));
  out.read_bytes(in[DiskCounter::kReadBytes].value_or(0));
  out.write_bytes(in[DiskCounter::kWriteBytes].value_or(0));
  if (const auto value = in[DiskCounter::kReadTime]) out.read_time(*value);
  if (const auto value = in[DiskCounter::kWriteTime]) out.write_time(*value);
  if (const auto value = in[DiskCounter::kReadMergedCount]) out.read_merged_count(*value);
  if (const auto value = in[DiskCounter::kWriteMergedCount]) out.write_merged_count(*value);
  if (const auto value = in[DiskCounter::kBusyTime]) out.busy_time(*value);
}

}  // namespace hostscope::encode
