// SPDX-License-Identifier: Apache-2.0
#include "linux/bpf_calls.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace hostscope::linux_os {
namespace {

// Tries again as often when a signal interrupts the kernel's check of a program.
constexpr int kLoadTries = 5;

// An older kernel takes a longer attribute than its own if the rest is zero; so is what lies between the fields.
bpf_attr no_attributes() {
  bpf_attr attributes;
  std::memset(&attributes, 0, sizeof attributes);
  return attributes;
}

// Every descriptor that bpf(2) makes is closed on exec.
UniqueFd bpf(bpf_cmd command, bpf_attr& attributes) {
  return UniqueFd(static_cast<int>(::syscall(SYS_bpf, command, &attributes, sizeof attributes)));
}

std::uint64_t address_of(const void* data) { return reinterpret_cast<std::uintptr_t>(data); }

}  // namespace

UniqueFd bpf_load_iterator(std::span<const bpf_insn> program, std::uint32_t function, const char* name,
                           const char* licence) {
  bpf_attr attributes = no_attributes();
  attributes.prog_type = BPF_PROG_TYPE_TRACING;
  attributes.expected_attach_type = BPF_TRACE_ITER;
  attributes.attach_btf_id = function;
  attributes.insns = address_of(program.data());
  attributes.insn_cnt = static_cast<std::uint32_t>(program.size());
  attributes.license = address_of(licence);
  std::strncpy(attributes.prog_name, name, sizeof attributes.prog_name - 1);
  UniqueFd loaded;
  for (int i = 0; i < kLoadTries && !loaded; ++i) {
    loaded = bpf(BPF_PROG_LOAD, attributes);
    if (!loaded && errno != EAGAIN && errno != EINTR) break;
  }
  return loaded;
}

UniqueFd bpf_link_iterator(const UniqueFd& program) {
  bpf_attr attributes = no_attributes();
  attributes.link_create.prog_fd = static_cast<std::uint32_t>(program.get());
  attributes.link_create.attach_type = BPF_TRACE_ITER;
  return bpf(BPF_LINK_CREATE, attributes);
}

UniqueFd bpf_begin_iteration(const UniqueFd& link) {
  bpf_attr attributes = no_attributes();
  attributes.iter_create.link_fd = static_cast<std::uint32_t>(link.get());
  return bpf(BPF_ITER_CREATE, attributes);
}

}  // namespace hostscope::linux_os
