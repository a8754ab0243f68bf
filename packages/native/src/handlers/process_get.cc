// SPDX-License-Identifier: Apache-2.0
#include "handlers/process_get.h"

#include "encode/process.h"
#include "handlers/hidden_attributes.h"
#include "handlers/moment.h"
#include "handlers/process_query.h"
#include "handlers/process_rows.h"

namespace hostscope {
namespace {

// One Process.Get in progress.
class ProcessGet : public std::enable_shared_from_this<ProcessGet> {
 public:
  ProcessGet(const Context& context, const CallPtr& call, gen::ProcessRef ref, ProcessQueryPlan plan)
      : context_(context), call_(call), ref_(ref), plan_(std::move(plan)) {}

  void start() {
    auto self = shared_from_this();
    if (!plan_.wants_cpu_percent()) return read({});
    read_process_rows(
        context_, call_, {ref_.pid}, [](ProcessRows& rows, ReadGuard& guard) { rows.mark_cpu_times(guard); },
        [self](const std::shared_ptr<ProcessRows>& rows) {
          self->marks_ = std::move(rows->marks);
          self->plan_.query.cpu_marks = &self->marks_;
          self->read(self->plan_.cpu_percent_interval);
        });
  }

 private:
  void read(std::chrono::milliseconds delay) {
    auto self = shared_from_this();
    read_process_rows(
        context_, call_, {ref_.pid}, [self](ProcessRows& rows, ReadGuard& guard) { self->encode(rows, guard); },
        [self](const std::shared_ptr<ProcessRows>& rows) {
          if (rows->failure) {
            self->call_->fail(std::move(*rows->failure));
          } else {
            self->call_->finish(rows->bytes.take_buffer());
          }
        },
        delay);
  }

  void encode(ProcessRows& rows, ReadGuard& guard) const {
    const Moment now;
    ProcessQuery query = plan_.query;
    prepare_process_query(*context_.collector, query);
    model::ProcessRow row;
    if (read_shown(*rows.reader, ref_.pid, query, guard, row) == RowOutcome::kGone) {
      rows.failure = Status::no_such_process(ref_.pid);
    } else if (!same_process(ref_, row.ref)) {
      rows.failure = Status::pid_reused(ref_.pid);
    } else {
      gen::ProcessGetResponseWriter out(rows.bytes);
      out.sample([&](auto& w) { now.write(w); });
      out.process([&](auto& w) { encode::process_row(row, now.monotonic_ns, w); });
    }
  }

  const Context context_;
  const CallPtr call_;
  const gen::ProcessRef ref_;
  ProcessQueryPlan plan_;
  CpuMarks marks_;
};

}  // namespace

void get_process(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::ProcessGetRequest>(call);
  if (!request) return;
  auto ref = required_ref(request->ref);
  if (!ref) return call->fail(std::move(ref.status()));
  auto plan = plan_process_query(request->attributes, request->options, call->grant());
  if (!plan) return call->fail(std::move(plan.status()));
  std::make_shared<ProcessGet>(context, call, *ref, std::move(*plan))->start();
}

}  // namespace hostscope
