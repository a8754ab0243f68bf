// SPDX-License-Identifier: Apache-2.0
// The instructions of BPF that programs here are made of, by name.
#pragma once

#include <linux/bpf.h>

#include <cstdint>

namespace hostscope::linux_os::bpf {

enum Register : std::uint8_t { r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10 };  // r10: end of the stack
enum Size : std::uint8_t { k32 = BPF_W, k64 = BPF_DW };

constexpr bpf_insn instruction(int code, Register to, Register from, int offset, std::int32_t value) {
  return {.code = static_cast<__u8>(code),
          .dst_reg = static_cast<__u8>(to & 0xF),
          .src_reg = static_cast<__u8>(from & 0xF),
          .off = static_cast<__s16>(offset),
          .imm = value};
}

// to = *(from + offset)
constexpr bpf_insn load(Size size, Register to, Register from, int offset) {
  return instruction(BPF_LDX | BPF_MEM | size, to, from, offset, 0);
}
// *(to + offset) = from
constexpr bpf_insn store(Size size, Register to, int offset, Register from) {
  return instruction(BPF_STX | BPF_MEM | size, to, from, offset, 0);
}
constexpr bpf_insn move(Register to, Register from) { return instruction(BPF_ALU64 | BPF_MOV | BPF_X, to, from, 0, 0); }
constexpr bpf_insn set(Register to, std::int32_t value) {
  return instruction(BPF_ALU64 | BPF_MOV | BPF_K, to, r0, 0, value);
}
constexpr bpf_insn add(Register to, std::int32_t value) {
  return instruction(BPF_ALU64 | BPF_ADD | BPF_K, to, r0, 0, value);
}
// Jumps over so many of the instructions that follow.
constexpr bpf_insn skip_if_equal(Register left, std::int32_t value, int count) {
  return instruction(BPF_JMP | BPF_JEQ | BPF_K, left, r0, count, value);
}
constexpr bpf_insn skip_if_not_equal(Register left, std::int32_t value, int count) {
  return instruction(BPF_JMP | BPF_JNE | BPF_K, left, r0, count, value);
}
constexpr bpf_insn skip_if_not_equal(Register left, Register right, int count) {
  return instruction(BPF_JMP | BPF_JNE | BPF_X, left, right, count, 0);
}
// r0 = one of the kernel's functions for programs, of r1 to r5, which are lost.
constexpr bpf_insn call(bpf_func_id function) { return instruction(BPF_JMP | BPF_CALL, r0, r0, 0, function); }
constexpr bpf_insn end() { return instruction(BPF_JMP | BPF_EXIT, r0, r0, 0, 0); }

}  // namespace hostscope::linux_os::bpf
