// SPDX-License-Identifier: Apache-2.0
#include "handlers/process_rows.h"

#include <array>

namespace hostscope {

std::string process_target_name(StuckTarget target) {
  constexpr std::array<std::string_view, 19> kNames{
      "stat", "status", "statm",    "cmdline",      "exe",   "io",         "user name", "cwd",    "environ", "ionice",
      "fd",   "task",   "affinity", "smaps_rollup", "smaps", "open files", "sockets",   "cgroup", "limits"};
  const auto source = target.kind < kNames.size() ? kNames[target.kind] : "an unknown source";
  return "pid " + std::to_string(target.pid) + " " + std::string(source);
}

void read_process_rows(const Context& context, const CallPtr& call, std::vector<std::int64_t> pids,
                       std::function<void(ProcessRows&, ReadGuard&)> read,
                       std::function<void(std::shared_ptr<ProcessRows>)> done, std::chrono::milliseconds delay) {
  auto reader = context.collector->process_reader();
  if (!reader) {
    call->fail(std::move(reader.status()));
    return;
  }
  auto rows = std::make_shared<ProcessRows>();
  rows->pids = pids;
  rows->reader = std::move(*reader);
  Job job{.op = call->info().name,
          .run =
              [call, rows, read](ReadGuard& guard) {
                if (!call->cancelled()) read(*rows, guard);
              },
          .done =
              [call, rows, done] {
                if (!call->cancelled()) done(rows);
              },
          .stuck =
              [context, call, pids = std::move(pids), read, done](std::optional<StuckTarget> target) {
                if (call->cancelled()) return;
                if (target) {
                  read_process_rows(context, call, pids, read, done);
                } else {
                  call->fail(Status::overloaded("the kernel does not answer"));
                }
              },
          .rejected = [call](Status status) { call->fail(std::move(status)); },
          .patience = context.pool->options().field_timeout,
          .target_name = process_target_name};
  if (delay.count() > 0) {
    context.pool->submit_after(delay, std::move(job));
  } else {
    context.pool->submit(std::move(job));
  }
}

void close_unused_later(const Context& context, std::chrono::milliseconds age) {
  auto collector = context.collector;
  Job job{.op = "close_unused",
          .run = [collector, age](ReadGuard&) { collector->close_unused(age); },
          .stuck = [](std::optional<StuckTarget>) {},
          .rejected = [](Status) {}};
  context.pool->submit_after(age + age / 4, std::move(job));
}

void answer_about_process(const Context& context, const CallPtr& call, std::int64_t pid,
                          std::function<Result<void>(ProcessRows&, ReadGuard&)> answer) {
  read_process_rows(
      context, call, {pid},
      [answer = std::move(answer)](ProcessRows& rows, ReadGuard& guard) {
        auto result = answer(rows, guard);
        if (!result) rows.failure = std::move(result.status());
      },
      [call](const std::shared_ptr<ProcessRows>& rows) {
        if (rows->failure) {
          call->fail(std::move(*rows->failure));
        } else {
          call->finish(rows->bytes.take_buffer());
        }
      });
}

}  // namespace hostscope
