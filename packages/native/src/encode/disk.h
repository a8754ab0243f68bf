// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gen/disk.gen.h"
#include "model/counters.h"
#include "model/disk.h"

namespace hostscope::encode {

void disk_partition(const model::DiskPartition& in, gen::DiskPartitionWriter& out);
void disk_usage(const model::DiskUsage& in, gen::DiskUsageWriter& out);
// All but the name.
void disk_io_counters(const model::Counters& in, gen::DiskIoCountersWriter& out);

}  // namespace hostscope::encode
