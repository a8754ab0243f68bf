// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gen/process_info.gen.h"
#include "model/process.h"

namespace hostscope::encode {

// Of the model, or of a request.
template <class Ref>
void process_ref(const Ref& ref, gen::ProcessRefWriter& out) {
  out.pid(ref.pid);
  if (ref.start) out.start(*ref.start);
  if (ref.pidfd_inode) out.pidfd_inode(*ref.pidfd_inode);
  if (ref.boot) out.boot(*ref.boot);
}

void attribute_failure(const model::AttributeFailure& failure, gen::ProcessInfoWriter& out);

// `sample_ns` is the monotonic time of the response's Sample.
void process_row(const model::ProcessRow& row, std::uint64_t sample_ns, gen::ProcessInfoWriter& out);

// Of a row that was encoded without it.
void cpu_percent(const model::ProcessCpuPercent& in, gen::ProcessInfoWriter& out);

}  // namespace hostscope::encode
