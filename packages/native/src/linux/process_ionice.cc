// SPDX-License-Identifier: Apache-2.0
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "linux/io_priority.h"
#include "linux/process_target.h"

namespace hostscope::linux_os {
namespace {

std::optional<gen::IoprioClass> io_class(int number) {
  switch (number) {
    case kIoNone:
      return gen::IoprioClass::kNone;
    case kIoRealTime:
      return gen::IoprioClass::kRt;
    case kIoBestEffort:
      return gen::IoprioClass::kBe;
    case kIoIdle:
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
  const long found = ::syscall(SYS_ioprio_get, kIoWhoProcess, static_cast<pid_t>(target.pid));
  if (found < 0) return fail(target, {A::kIonice}, errno);
  const int priority = static_cast<int>(found);
  row.ionice.ioclass = io_class(priority >> kIoClassShift & kIoClassMask);
  row.ionice.value = static_cast<std::uint32_t>(priority & kIoLevelMask);
  if (row.ionice.ioclass) {
    row.present.add(A::kIonice);
  } else {
    row.fail({A::kIonice}, AttributeOutcome::kFailed);
  }
  return true;
}

}  // namespace hostscope::linux_os
