// SPDX-License-Identifier: Apache-2.0
// What every request that changes something has in common.
#pragma once

#include <memory>
#include <optional>

#include "collector.h"
#include "gen/process_control.gen.h"
#include "handlers/process_query.h"

namespace hostscope {

// INVALID_ARGUMENT if it is more than a log should hold.
Result<void> check_mutation(const std::optional<gen::Mutation>& mutation);

// PERMISSION_DENIED if the caller may not act on this process, one of `targets` that the call meets.
Result<void> check_target(const Grant& grant, const HeldProcess& held, std::size_t targets = 1,
                          std::optional<int> signal = {});

// The process that a ref names, held, if the caller may act on it.
Result<std::unique_ptr<HeldProcess>> hold_granted(const Collector& collector, const Grant& grant,
                                                  const gen::ProcessRef& ref, std::size_t targets = 1,
                                                  std::optional<int> signal = {});

// The process that a request is about, held; or what is wrong with the request, or why it cannot be.
template <class Request>
Result<std::unique_ptr<HeldProcess>> hold_target(const Collector& collector, const Grant& grant,
                                                 const Request& request) {
  auto checked = check_mutation(request.mutation);
  if (!checked) return std::move(checked.status());
  auto ref = required_ref(request.ref);
  if (!ref) return std::move(ref.status());
  return hold_granted(collector, grant, *ref);
}

}  // namespace hostscope
