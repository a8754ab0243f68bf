// SPDX-License-Identifier: Apache-2.0
// bpf(2), which the C library does not wrap. Each gives no descriptor and errno if the kernel refuses.
#pragma once

#include <linux/bpf.h>

#include <cstdint>
#include <span>

#include "core/unique_fd.h"

namespace hostscope::linux_os {

// Loads a program for the iterator that the kernel's function of this BTF type stands for.
UniqueFd bpf_load_iterator(std::span<const bpf_insn> program, std::uint32_t function, const char* name,
                           const char* licence);
// Makes the program the iterator's; what is read through the link keeps it loaded.
UniqueFd bpf_link_iterator(const UniqueFd& program);
// Begins one iteration: a descriptor to read to its end.
UniqueFd bpf_begin_iteration(const UniqueFd& link);

}  // namespace hostscope::linux_os
