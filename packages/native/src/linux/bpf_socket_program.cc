// SPDX-License-Identifier: Apache-2.0
#include "linux/bpf_socket_program.h"

#include <linux/magic.h>

#include <cstddef>
#include <limits>

#include "linux/bpf_instructions.h"

namespace hostscope::linux_os {
namespace {

// What the iterator hands to the program, each in eight bytes and in this order. Task and file may be null.
enum Argument : int { kMeta, kTask, kDescriptor, kFile };
constexpr int place_of(Argument argument) { return argument * 8; }

// Where in the kernel's structs is what the program looks at.
struct Offsets {
  int sequence, tgid, pid, inode, number, super_block, magic;
};

// Finds the members one after another, and remembers if one was missing.
class Finder {
 public:
  explicit Finder(const Btf& kernel) : kernel_(kernel) {}

  // The offset of a member, whose type it puts into `type`.
  int offset(BtfType in, const char* name, BtfType* type = nullptr) {
    const auto found = kernel_.member(in, name);
    // An instruction holds no more.
    if (!found || found->offset > std::numeric_limits<decltype(bpf_insn::off)>::max()) {
      complete_ = false;
      return 0;
    }
    if (type != nullptr) *type = kernel_.pointee(found->type);
    return static_cast<int>(found->offset);
  }
  bool complete() const { return complete_; }

 private:
  const Btf& kernel_;
  bool complete_ = true;
};

std::optional<Offsets> offsets_of(const Btf& kernel, BtfType function) {
  const auto points_to = [&](Argument argument) {
    return kernel.pointee(kernel.parameter(function, static_cast<std::size_t>(argument)));
  };
  const BtfType task = points_to(kTask);
  BtfType inode = 0, super_block = 0;
  Finder find(kernel);
  Offsets offsets{};
  offsets.sequence = find.offset(points_to(kMeta), "seq");
  offsets.tgid = find.offset(task, "tgid");
  offsets.pid = find.offset(task, "pid");
  offsets.inode = find.offset(points_to(kFile), "f_inode", &inode);
  offsets.number = find.offset(inode, "i_ino");
  offsets.super_block = find.offset(inode, "i_sb", &super_block);
  offsets.magic = find.offset(super_block, "s_magic");
  return find.complete() ? std::optional(offsets) : std::nullopt;
}

}  // namespace

std::optional<SocketProgram> socket_program(const Btf& kernel) {
  using namespace bpf;
  const BtfType function = kernel.function("bpf_iter_task_file");
  const auto at = offsets_of(kernel, function);
  if (!at) return std::nullopt;
  constexpr int kRecord = -static_cast<int>(sizeof(HeldSocket));  // on the stack
  constexpr int kPid = kRecord + static_cast<int>(offsetof(HeldSocket, pid));
  constexpr int kFd = kRecord + static_cast<int>(offsetof(HeldSocket, fd));
  constexpr int kInode = kRecord + static_cast<int>(offsetof(HeldSocket, inode));
  return SocketProgram{
      function,
      {
          move(r6, r1),
          load(k64, r7, r6, place_of(kFile)),
          skip_if_equal(r7, 0, 20),
          load(k64, r8, r6, place_of(kTask)),
          skip_if_equal(r8, 0, 18),
          // Is it a socket? Not by its mode: that of a UNIX socket's path, opened with O_PATH, is the same.
          load(k64, r9, r7, at->inode),
          load(k64, r1, r9, at->super_block),
          load(k64, r1, r1, at->magic),
          skip_if_not_equal(r1, SOCKFS_MAGIC, 14),
          // Of a process what its first thread has, as in /proc/PID/fd. The kernel passes over threads that share that.
          load(k32, r1, r8, at->tgid),
          load(k32, r2, r8, at->pid),
          skip_if_not_equal(r1, r2, 11),
          store(k32, r10, kPid, r1),
          load(k32, r1, r6, place_of(kDescriptor)),
          store(k32, r10, kFd, r1),
          load(k64, r1, r9, at->number),
          store(k64, r10, kInode, r1),
          load(k64, r1, r6, place_of(kMeta)),
          load(k64, r1, r1, at->sequence),
          move(r2, r10),
          add(r2, kRecord),
          set(r3, sizeof(HeldSocket)),
          // What does not fit any more is thrown away as a whole, and the file shown again to the next read.
          call(BPF_FUNC_seq_write),
          set(r0, 0),
          end(),
      },
  };
}

}  // namespace hostscope::linux_os
