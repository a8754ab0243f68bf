// SPDX-License-Identifier: Apache-2.0
// The part of the seam that acts on processes, one at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "gen/process_control.gen.h"
#include "gen/process_values.gen.h"
#include "grant.h"
#include "model/process.h"
#include "model/process_limits.h"

namespace hostscope {

// Which threads of a process a setting is for, where the kernel has it per thread.
enum class Threads : std::uint8_t { kFirst, kAll };

// One process, verified to be the one that a ref names and held so that no other can take its place. Obtained from
// Collector::hold_process(). Each action tells how surely it met that process; one that fails met nobody, unless its
// status is kTargetLeft. For one thread at a time.
class HeldProcess {
 public:
  virtual ~HeldProcess() = default;

  virtual const model::ProcessRef& ref() const = 0;
  virtual std::string_view name() const = 0;      // as the kernel has it, which may be cut
  virtual gen::ProcessStatus status() const = 0;  // when it was verified
  // Why no call may signal it; empty: calls may. What follows refuses by itself.
  virtual const std::optional<std::string>& protection() const = 0;
  // What conditions on it go by, read now. Fails on a platform that cannot tell, so that none is met.
  virtual Result<TargetFacts> facts() const { return Status::precondition("conditions on it cannot be judged here"); }

  // Not on a protected process.
  virtual Result<gen::Guarantee> signal(int number) = 0;
  virtual Result<gen::Guarantee> set_limit(gen::RlimitResource resource, const model::ResourceLimit& limit) = 0;

  // On any: that they run less or more, or elsewhere, does not end the host.
  virtual Result<gen::Guarantee> set_nice(int nice, Threads threads) = 0;
  virtual Result<gen::Guarantee> set_ionice(const gen::ProcessIonice& ionice, Threads threads) = 0;
  // None means all that it may have. `taken`: those that the system took, ascending.
  virtual Result<gen::Guarantee> set_cpu_affinity(const std::vector<std::uint32_t>& cpus, Threads threads,
                                                  std::vector<std::uint32_t>& taken) = 0;
};

}  // namespace hostscope
