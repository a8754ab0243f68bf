// SPDX-License-Identifier: Apache-2.0
#include "handlers/guarded_answer.h"

#include <memory>
#include <optional>

namespace hostscope {

void answer_guarded(const Context& context, const CallPtr& call, GuardedRead read,
                    std::string (*target_name)(StuckTarget)) {
  const auto answer = std::make_shared<std::optional<Result<wire::Buffer>>>();  // of this run alone
  context.pool->submit({.op = call->info().name,
                        .run =
                            [context, call, read, answer](ReadGuard& guard) {
                              if (!call->cancelled()) answer->emplace(read(*context.collector, guard));
                            },
                        .done =
                            [call, answer] {
                              if (!*answer) return;
                              auto& result = **answer;
                              if (result) {
                                call->finish(std::move(*result));
                              } else {
                                call->fail(std::move(result.status()));
                              }
                            },
                        .stuck =
                            [context, call, read, target_name](std::optional<StuckTarget> target) {
                              if (call->cancelled()) return;
                              if (target) {
                                answer_guarded(context, call, read, target_name);
                              } else {
                                call->fail(Status::deadline("the system does not answer"));
                              }
                            },
                        .rejected = [call](Status status) { call->fail(std::move(status)); },
                        .patience = context.pool->options().field_timeout,
                        .target_name = target_name});
}

}  // namespace hostscope
