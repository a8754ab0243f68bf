// SPDX-License-Identifier: Apache-2.0
#include <linux/ioprio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "linux/process_target.h"

namespace hostscope::linux_os {
namespace {

constexpr int kLevelMask = 7;  // the bits above are hints to the device since 6.5, and were always 0 before

std::optional<gen::IoprioClass> io_class(int number) {
  switch (number) {
    case IOPRIO_CLASS_NONE:
      return gen::IoprioClass::kNone;
    case IOPRIO_CLASS_RT:
      return gen::IoprioClass::kRt;
    case IOPRIO_CLASS_BE:
      return gen::IoprioClass::kBe;
    case IOPRIO_CLASS_IDLE:
      return gen::IoprioClass::kIdle;
    default:
      return std::nullopt;
  }
}

}  // namespace

bool LinuxProcessReader::read_ionice(Target& target) {
  auto& row = target.row;
  if (!context_->own_pid_namespace) {  // no file has it
    row.fail({A::kIonice}, AttributeOutcome::kUnsupported);
    return true;
  }
  if (!target.enter(ProcessSource::kIonice, {A::kIonice})) return true;
  target.asked_by_pid = true;
  const long found = ::syscall(SYS_ioprio_get, IOPRIO_WHO_PROCESS, static_cast<pid_t>(target.pid));
  if (found < 0) return fail(target, {A::kIonice}, errno);
  const int priority = static_cast<int>(found);
  row.ionice.ioclass = io_class(IOPRIO_PRIO_CLASS(priority));
  row.ionice.value = static_cast<std::uint32_t>(priority & kLevelMask);
  if (row.ionice.ioclass) {
    row.present.add(A::kIonice);
  } else {
    row.fail({A::kIonice}, AttributeOutcome::kFailed);
  }
  return true;
}

}  // namespace hostscope::linux_os
