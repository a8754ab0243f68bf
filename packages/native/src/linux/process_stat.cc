// SPDX-License-Identifier: Apache-2.0
#include "linux/process_stat.h"

namespace hostscope::linux_os {
namespace {

// Walks the space-separated fields that follow the name.
class Fields {
 public:
  explicit Fields(std::string_view text) : next_(text.data()), end_(text.data() + text.size()) {}

  void skip(int count) {
    for (int i = 0; i < count; ++i) {
      blanks();
      while (next_ < end_ && *next_ != ' ') ++next_;
    }
  }

  template <class Number>
  bool read(Number& out) {
    blanks();
    const bool negative = next_ < end_ && *next_ == '-';
    if (negative) ++next_;
    if (next_ >= end_ || *next_ < '0' || *next_ > '9') return false;
    std::uint64_t value = 0;
    for (; next_ < end_ && *next_ >= '0' && *next_ <= '9'; ++next_) {
      value = value * 10 + static_cast<std::uint64_t>(*next_ - '0');
    }
    out = static_cast<Number>(negative ? 0 - value : value);
    return true;
  }

  bool read_char(char& out) {
    blanks();
    if (next_ >= end_) return false;
    out = *next_++;
    return true;
  }

 private:
  void blanks() {
    while (next_ < end_ && *next_ == ' ') ++next_;
  }
  const char* next_;
  const char* end_;
};

}  // namespace

std::optional<ProcessStat> parse_process_stat(std::string_view text) {
  const auto open = text.find('(');
  const auto close = text.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return std::nullopt;
  ProcessStat stat;
  stat.comm = text.substr(open + 1, close - open - 1);
  Fields fields(text.substr(close + 1));
  if (!fields.read_char(stat.state) || !fields.read(stat.ppid)) return std::nullopt;
  fields.skip(1);  // pgrp
  if (!fields.read(stat.session) || !fields.read(stat.tty_nr)) return std::nullopt;
  fields.skip(1);  // tpgid
  if (!fields.read(stat.flags) || !fields.read(stat.minflt)) return std::nullopt;
  fields.skip(1);  // cminflt
  if (!fields.read(stat.majflt)) return std::nullopt;
  fields.skip(1);  // cmajflt
  if (!fields.read(stat.utime) || !fields.read(stat.stime) || !fields.read(stat.cutime) || !fields.read(stat.cstime)) {
    return std::nullopt;
  }
  fields.skip(1);  // priority
  if (!fields.read(stat.nice) || !fields.read(stat.num_threads)) return std::nullopt;
  fields.skip(1);  // itrealvalue
  if (!fields.read(stat.starttime)) return std::nullopt;
  // What follows is newer or may be cut on odd kernels; absent means zero.
  fields.skip(16);  // vsize .. exit_signal
  fields.read(stat.processor);
  fields.skip(2);  // rt_priority, policy
  fields.read(stat.blkio_ticks);
  return stat;
}

std::optional<model::RunMark> parse_schedstat(std::string_view text) {
  model::RunMark mark;
  Fields fields(text);
  if (!fields.read(mark.run_ns)) return std::nullopt;
  fields.skip(1);  // time spent waiting
  if (!fields.read(mark.times) || mark.run_ns == 0) return std::nullopt;
  return mark;
}

gen::ProcessStatus process_status(char state) {
  switch (state) {
    case 'R':
      return gen::ProcessStatus::kRunning;
    case 'S':
      return gen::ProcessStatus::kSleeping;
    case 'D':
      return gen::ProcessStatus::kDiskSleep;
    case 'T':
      return gen::ProcessStatus::kStopped;
    case 't':
      return gen::ProcessStatus::kTracingStop;
    case 'Z':
      return gen::ProcessStatus::kZombie;
    case 'X':
    case 'x':
      return gen::ProcessStatus::kDead;
    case 'K':
      return gen::ProcessStatus::kWakeKill;
    case 'W':
      return gen::ProcessStatus::kWaking;
    case 'I':
      return gen::ProcessStatus::kIdle;
    case 'P':
      return gen::ProcessStatus::kParked;
    default:
      return gen::ProcessStatus::kUnspecified;
  }
}

}  // namespace hostscope::linux_os
