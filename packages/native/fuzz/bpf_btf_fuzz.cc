// sources: linux/bpf_btf.cc linux/bpf_socket_program.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/bpf_btf.h"
#include "linux/bpf_socket_program.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_btf) {
  const auto kernel = parse_btf(text);
  if (!kernel) return;
  for (BtfType type = 0; type < 64; ++type) {
    kernel->pointee(kernel->parameter(type, 1));
    const auto member = kernel->member(type, "seq");
    // At most the largest offset of one struct for each that it is nested in.
    if (member) CHECK(member->offset < std::uint64_t{1} << 36);
  }
  if (const auto program = socket_program(*kernel)) CHECK(program->function != 0);
}
