// SPDX-License-Identifier: Apache-2.0
#include "handlers/process_list.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <utility>

#include "encode/process.h"
#include "handlers/hidden_attributes.h"
#include "handlers/list_messages.h"
#include "handlers/moment.h"
#include "handlers/process_query.h"
#include "handlers/process_rows.h"

namespace hostscope {
namespace {

// Rows of one job: few enough that the first leave early and other calls get their turn in between. Fewer of those that
// take long and may be big: what is read ahead of a slow reader is a block for each thread.
constexpr std::size_t kLightBlock = 64;
constexpr std::size_t kHeavyBlock = 16;
constexpr model::AttributeSet kHeavy{model::ProcessAttribute::kEnviron,        model::ProcessAttribute::kThreads,
                                     model::ProcessAttribute::kMemoryFullInfo, model::ProcessAttribute::kMemoryMaps,
                                     model::ProcessAttribute::kOpenFiles,      model::ProcessAttribute::kConnections};

// While cpu_percent is measured, rows that take long are read already; so many bytes of them wait for its end at most.
// So do rows that are read while an earlier block is late, maybe stuck.
constexpr std::size_t kMaxWaiting = std::size_t{8} << 20;

// One Process.List in progress: blocks of pids are read by as many workers as there are at a time, each block a job of
// its own, and leave in the order of the pids.
class ProcessList : public std::enable_shared_from_this<ProcessList> {
 public:
  ProcessList(const Context& context, const CallPtr& call, ProcessQueryPlan plan)
      : context_(context),
        call_(call),
        plan_(std::move(plan)),
        heavy_(plan_.query.attributes.intersects(kHeavy)),
        block_size_(heavy_ ? kHeavyBlock : kLightBlock) {}

  void start() {
    auto self = shared_from_this();
    // However it ends: a list that was given up half way has opened processes too.
    call_->when_over([context = context_] { close_unused_later(context, kKeepOpen); });
    run_on_pool(context_, call_, [self] { self->prepare(); });
  }

 private:
  void prepare() {
    moment_ = Moment();
    auto pids = context_.collector->pids();
    if (!pids) {
      call_->fail(std::move(pids.status()));
      return;
    }
    pids_ = std::move(*pids);
    prepare_process_query(*context_.collector, plan_.query);
    // Where opening is little beside reading, descriptors are not worth keeping: they would be open files of ours.
    plan_.query.keep_open = !heavy_;
    if (plan_.wants_cpu_percent()) {
      mark_cpu_times();
    } else {
      start_blocks({});
    }
  }

  // The first of the two looks that cpu_percent takes: a part of the pids for each worker.
  void mark_cpu_times() {
    const std::size_t parts = std::max<std::size_t>(1, context_.pool->options().base_threads);
    const std::size_t size = (pids_.size() + parts - 1) / parts;
    unmarked_parts_ = parts;
    for (std::size_t part = 0; part < parts; ++part) {
      read_process_rows(
          context_, call_, pids_between(part * size, (part + 1) * size),
          [](ProcessRows& rows, ReadGuard& guard) { rows.mark_cpu_times(guard); },
          [self = shared_from_this()](const std::shared_ptr<ProcessRows>& rows) { self->take_marks(rows->marks); });
    }
  }

  void take_marks(CpuMarks& marks) {
    {
      const std::lock_guard lock(mutex_);
      marks_.merge(marks);
      if (--unmarked_parts_ > 0) return;
    }
    plan_.query.cpu_marks = &marks_;
    measured_at_ = Call::Clock::now() + plan_.cpu_percent_interval;
    start_blocks(heavy_ ? std::chrono::milliseconds::zero() : plan_.cpu_percent_interval);
  }

  void start_blocks(std::chrono::milliseconds delay) {
    const std::size_t blocks = std::max<std::size_t>(1, (pids_.size() + block_size_ - 1) / block_size_);
    done_.resize(blocks);
    const std::size_t at_once = std::min<std::size_t>(blocks, context_.pool->options().base_threads);
    next_block_ = at_once;
    for (std::size_t block = 0; block < at_once; ++block) read_block(block, delay);
  }

  std::vector<std::int64_t> pids_between(std::size_t begin, std::size_t end) const {
    const auto at = [&](std::size_t index) {
      return pids_.begin() + static_cast<std::ptrdiff_t>(std::min(pids_.size(), index));
    };
    return {at(begin), at(end)};
  }
  std::vector<std::int64_t> pids_of(std::size_t block) const {
    return pids_between(block * block_size_, (block + 1) * block_size_);
  }

  // How long it takes until cpu_percent can be told.
  std::chrono::milliseconds measuring() const {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(measured_at_ - Call::Clock::now());
    return std::max(left, std::chrono::milliseconds::zero());
  }

  void read_block(std::size_t block, std::chrono::milliseconds delay = std::chrono::milliseconds::zero()) {
    auto self = shared_from_this();
    read_process_rows(
        context_, call_, pids_of(block), [self](ProcessRows& rows, ReadGuard& guard) { self->encode(rows, guard); },
        [self, block](const std::shared_ptr<ProcessRows>& rows) {
          if (rows->unmeasured.empty()) {
            self->finish_block(block, std::move(rows->messages));
          } else {
            self->measure_block(block, rows);
          }
        },
        delay);
  }

  void encode(ProcessRows& rows, ReadGuard& guard) const {
    const bool too_early = plan_.wants_cpu_percent() && measuring().count() > 0;
    ListMessages messages(moment_, rows.bytes, rows.messages);
    model::ProcessRow row;
    for (const auto pid : rows.pids) {
      if (call_->cancelled() || guard.abandoned()) return;
      if (read_shown(*rows.reader, pid, plan_.query, guard, row) == RowOutcome::kGone) {
        ++rows.vanished;
      } else if (too_early) {
        rows.unmeasured.push_back(encode_unmeasured(row));
      } else {
        messages.add([&](auto& w) { encode::process_row(row, moment_.monotonic_ns, w); });
      }
    }
    if (!rows.unmeasured.empty()) return;
    messages.add_vanished(rows.vanished);
    messages.end();
  }

  UnmeasuredRow encode_unmeasured(model::ProcessRow& row) const {
    UnmeasuredRow result{.ref = row.ref, .so_far = {}, .fields = {}};
    if (row.present.has(model::ProcessAttribute::kCpuPercent)) result.so_far = row.cpu_percent;
    row.present = row.present.without({model::ProcessAttribute::kCpuPercent});
    wire::Writer fields;
    gen::ProcessInfoWriter writer(fields);
    encode::process_row(row, moment_.monotonic_ns, writer);
    result.fields = fields.take();
    return result;
  }

  // The second look, at rows that were read before it was time for it.
  void measure_block(std::size_t block, const std::shared_ptr<ProcessRows>& early) {
    std::size_t bytes = 0;
    for (const auto& row : early->unmeasured) bytes += row.fields.size();
    const bool room = (waiting_ += bytes) < kMaxWaiting;
    auto self = shared_from_this();
    read_process_rows(
        context_, call_, pids_of(block),
        [self, early](ProcessRows& rows, ReadGuard& guard) { self->complete(*early, rows, guard); },
        [self, block, bytes, room](const std::shared_ptr<ProcessRows>& rows) {
          self->waiting_ -= bytes;
          self->finish_block(block, std::move(rows->messages), !room);
        },
        measuring());
    if (room) read_next_block();
  }

  void complete(const ProcessRows& early, ProcessRows& rows, ReadGuard& guard) const {
    ListMessages messages(moment_, rows.bytes, rows.messages);
    for (const auto& row : early.unmeasured) {
      if (guard.abandoned()) return;
      auto percent = row.so_far;
      if (percent && row.ref.start) {
        const auto measured = rows.reader->cpu_percent(row.ref.pid, *row.ref.start, marks_, guard);
        if (measured) percent = measured;
      }
      messages.add([&](gen::ProcessInfoWriter& w) {
        rows.bytes.put_encoded(row.fields);
        if (percent) encode::cpu_percent(*percent, w);
      });
    }
    messages.add_vanished(early.vanished);
    messages.end();
  }

  void finish_block(std::size_t block, std::vector<wire::Buffer> messages, bool go_on = true) {
    std::size_t readers = 0;
    {
      const std::lock_guard lock(mutex_);
      for (const auto& message : messages) unsent_ += message.size();
      done_[block] = std::move(messages);
      send_done();
      if (go_on) ++idle_;
      // Who reads the block that the others wait for comes here, too, and lets them go on.
      if (unsent_ < kMaxWaiting) readers = std::exchange(idle_, 0);
    }
    for (; readers > 0; --readers) call_->when_read([self = shared_from_this()] { self->read_next_block(); });
  }

  // What no earlier block is missing for. With the lock.
  void send_done() {
    for (; next_to_send_ < done_.size() && done_[next_to_send_]; ++next_to_send_) {
      for (auto& message : *done_[next_to_send_]) {
        unsent_ -= message.size();
        call_->emit(std::move(message));
      }
      done_[next_to_send_].reset();
    }
    if (next_to_send_ == done_.size()) call_->finish();
  }

  void read_next_block() {
    std::size_t block = 0;
    {
      const std::lock_guard lock(mutex_);
      if (next_block_ == done_.size()) return;
      block = next_block_++;
    }
    read_block(block);
  }

  const Context context_;
  const CallPtr call_;
  ProcessQueryPlan plan_;
  const bool heavy_;
  const std::size_t block_size_;
  Moment moment_;
  std::vector<std::int64_t> pids_;
  CpuMarks marks_;
  Call::Clock::time_point measured_at_{};  // when cpu_percent's interval is over
  std::atomic<std::size_t> waiting_ = 0;   // bytes of rows that wait for it
  std::mutex mutex_;
  std::size_t unmarked_parts_ = 0;
  std::vector<std::optional<std::vector<wire::Buffer>>> done_;
  std::size_t next_block_ = 0, next_to_send_ = 0;
  std::size_t unsent_ = 0;  // bytes of blocks that are done before an earlier one
  std::size_t idle_ = 0;    // workers that would read on
};

}  // namespace

void list_processes(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::ProcessListRequest>(call);
  if (!request) return;
  auto plan = plan_process_query(request->attributes, request->options, call->grant());
  if (!plan) return call->fail(std::move(plan.status()));
  std::make_shared<ProcessList>(context, call, std::move(*plan))->start();
}

}  // namespace hostscope
