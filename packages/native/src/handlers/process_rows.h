// SPDX-License-Identifier: Apache-2.0
// Reading the rows of some pids as one job, in a way that one stuck process costs one field and not the rest.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dispatch.h"
#include "handlers/process_query.h"

namespace hostscope {

// A row that is encoded but for its cpu_percent, which a second look will tell.
struct UnmeasuredRow {
  model::ProcessRef ref;
  std::optional<model::ProcessCpuPercent> so_far;  // should there be no second look at it
  std::string fields;
};

// A job's own data: nobody else looks at them before the job is done.
struct ProcessRows {
  std::vector<std::int64_t> pids;
  std::unique_ptr<ProcessReader> reader;
  wire::Writer bytes;
  std::vector<wire::Buffer> messages;  // of a stream, those that are complete
  std::vector<UnmeasuredRow> unmeasured;
  std::uint32_t vanished = 0;
  CpuMarks marks;
  std::vector<model::ProcessRef> refs;  // those that were chosen
  std::optional<Status> failure;

  // Takes the CPU time of each process, for measuring cpu_percent from.
  void mark_cpu_times(ReadGuard& guard) {
    for (const auto pid : pids) {
      if (const auto mark = reader->cpu_mark(pid, guard)) marks.emplace(pid, *mark);
    }
  }
};

// Runs `read` on a worker with a reader of its own, then `done` there. If `read` gets stuck on a source of some
// process, the whole is read again from new data; that source is then known to be stuck and is passed over. `read` must
// enter the guard before each source; it may be running twice at once, on different data.
void read_process_rows(const Context& context, const CallPtr& call, std::vector<std::int64_t> pids,
                       std::function<void(ProcessRows&, ReadGuard&)> read,
                       std::function<void(std::shared_ptr<ProcessRows>)> done,
                       std::chrono::milliseconds delay = std::chrono::milliseconds::zero());

// Closes what readers keep open and have not used for `age`, a little after that time.
void close_unused_later(const Context& context, std::chrono::milliseconds age);
// How long they keep processes open for the next list; one that comes once a second finds them.
inline constexpr std::chrono::milliseconds kKeepOpen{3000};

// Answers a unary call about one process in the same way: with the bytes that `answer` wrote, or its failure.
void answer_about_process(const Context& context, const CallPtr& call, std::int64_t pid,
                          std::function<Result<void>(ProcessRows&, ReadGuard&)> answer);

}  // namespace hostscope
