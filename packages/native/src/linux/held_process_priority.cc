// SPDX-License-Identifier: Apache-2.0
// Niceness and input/output priority of a process that is held.
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "linux/held_process.h"
#include "linux/io_priority.h"

namespace hostscope::linux_os {
namespace {

constexpr int kFirstNice = -20, kLastNice = 19;
constexpr std::uint32_t kLastLevel = 7;  // newer kernels take the bits above for hints, and say nothing

std::optional<int> kernel_class(gen::IoprioClass ioclass) {
  switch (ioclass) {
    case gen::IoprioClass::kNone:
      return kIoNone;
    case gen::IoprioClass::kRt:
      return kIoRealTime;
    case gen::IoprioClass::kBe:
      return kIoBestEffort;
    case gen::IoprioClass::kIdle:
      return kIoIdle;
    default:
      return std::nullopt;
  }
}

}  // namespace

Result<gen::Guarantee> LinuxHeldProcess::set_nice(int nice, Threads threads) {
  // The kernel would take the nearest niceness that there is.
  if (nice < kFirstNice || nice > kLastNice) return Status::out_of_range("nice", "must be from -20 to 19");
  return set_by_pid("set the niceness", threads, [nice](pid_t thread) {
    return ::setpriority(PRIO_PROCESS, static_cast<id_t>(thread), nice) == 0 ? 0 : errno;
  });
}

Result<gen::Guarantee> LinuxHeldProcess::set_ionice(const gen::ProcessIonice& ionice, Threads threads) {
  if (ionice.level) return Status::invalid_argument("ionice.level", "is for Windows; Linux has a class and a value");
  if (!ionice.ioclass) return Status::invalid_argument("ionice.ioclass", "is required");
  const auto number = kernel_class(*ionice.ioclass);
  if (!number) return Status::invalid_argument("ionice.ioclass", "is not one of the classes that there are");
  const auto value = ionice.value.value_or(0);
  const bool takes_value = *number == kIoRealTime || *number == kIoBestEffort;
  if (value > 0 && !takes_value) return Status::invalid_argument("ionice.value", "is only for the classes RT and BE");
  if (value > kLastLevel) return Status::out_of_range("ionice.value", "must be from 0 to 7");
  const int priority = *number << kIoClassShift | static_cast<int>(value);
  return set_by_pid("set the input/output priority", threads, [priority](pid_t thread) {
    return ::syscall(SYS_ioprio_set, kIoWhoProcess, thread, priority) == 0 ? 0 : errno;
  });
}

}  // namespace hostscope::linux_os
