// SPDX-License-Identifier: Apache-2.0
#include "handlers/process_list.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "encode/process.h"
#include "handlers/moment.h"
#include "handlers/process_query.h"
#include "handlers/process_rows.h"

namespace hostscope {
namespace {

// Rows of one job: few enough that the first leave early and other calls get their turn in between. Fewer of those that
// take long and may be big: what is read ahead of a slow reader is a block for each thread.
constexpr std::size_t kBlock = 64;
constexpr std::size_t kHeavyBlock = 16;
constexpr model::AttributeSet kHeavy{model::ProcessAttribute::kEnviron,        model::ProcessAttribute::kThreads,
                                     model::ProcessAttribute::kMemoryFullInfo, model::ProcessAttribute::kMemoryMaps,
                                     model::ProcessAttribute::kOpenFiles,      model::ProcessAttribute::kConnections};

// A message is closed as soon as it has so many bytes, so that no message is much bigger than its last row.
constexpr std::size_t kMessageBytes = 256 * 1024;

// One Process.List in progress: blocks of pids are read by as many workers as there are at a time, each block a job of
// its own, and leave in the order of the pids.
class ProcessList : public std::enable_shared_from_this<ProcessList> {
 public:
  ProcessList(const Context& context, const CallPtr& call, ProcessQueryPlan plan)
      : context_(context),
        call_(call),
        plan_(std::move(plan)),
        block_size_(plan_.query.attributes.intersects(kHeavy) ? kHeavyBlock : kBlock) {}

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
    plan_.query.keep_open = !plan_.query.attributes.intersects(kHeavy);
    if (plan_.wants_cpu_percent()) {
      mark_cpu_times();
    } else {
      start_blocks({});
    }
  }

  // The first of the two looks that cpu_percent takes.
  void mark_cpu_times() {
    auto self = shared_from_this();
    auto marks = std::make_shared<CpuMarks>();
    read_process_rows(
        context_, call_, pids_, [](ProcessRows& rows, ReadGuard& guard) { rows.mark_cpu_times(guard); },
        [self](const std::shared_ptr<ProcessRows>& rows) {
          self->marks_ = std::move(rows->marks);
          self->plan_.query.cpu_marks = &self->marks_;
          self->start_blocks(self->plan_.cpu_percent_interval);
        });
  }

  void start_blocks(std::chrono::milliseconds delay) {
    const std::size_t blocks = std::max<std::size_t>(1, (pids_.size() + block_size_ - 1) / block_size_);
    done_.resize(blocks);
    const std::size_t at_once = std::min<std::size_t>(blocks, context_.pool->options().base_threads);
    next_block_ = at_once;
    for (std::size_t block = 0; block < at_once; ++block) read_block(block, delay);
  }

  void read_block(std::size_t block, std::chrono::milliseconds delay = std::chrono::milliseconds::zero()) {
    const auto begin = pids_.begin() + static_cast<std::ptrdiff_t>(std::min(pids_.size(), block * block_size_));
    const auto end = pids_.begin() + static_cast<std::ptrdiff_t>(std::min(pids_.size(), (block + 1) * block_size_));
    auto self = shared_from_this();
    read_process_rows(
        context_, call_, {begin, end}, [self](ProcessRows& rows, ReadGuard& guard) { self->encode(rows, guard); },
        [self, block](const std::shared_ptr<ProcessRows>& rows) {
          self->finish_block(block, std::move(rows->messages));
        },
        delay);
  }

  void encode(ProcessRows& rows, ReadGuard& guard) const {
    gen::ProcessListResponseWriter out(rows.bytes);
    model::ProcessRow row;
    std::uint32_t vanished = 0;
    const auto begin_message = [&] { out.sample([&](auto& w) { moment_.write(w); }); };
    const auto end_message = [&] {
      out.vanished(std::exchange(vanished, 0));
      rows.messages.push_back(rows.bytes.take_buffer());
    };
    begin_message();
    for (const auto pid : rows.pids) {
      if (call_->cancelled() || guard.abandoned()) return;
      if (rows.reader->read(pid, plan_.query, guard, row) == RowOutcome::kGone) {
        ++vanished;
        continue;
      }
      if (rows.bytes.size() >= kMessageBytes) {
        end_message();
        begin_message();
      }
      out.processes([&](auto& w) { encode::process_row(row, moment_.monotonic_ns, w); });
    }
    end_message();
  }

  void finish_block(std::size_t block, std::vector<wire::Buffer> messages) {
    bool more = false;
    {
      const std::lock_guard lock(mutex_);
      done_[block] = std::move(messages);
      while (next_to_send_ < done_.size() && done_[next_to_send_]) {
        for (auto& message : *done_[next_to_send_]) call_->emit(std::move(message));
        done_[next_to_send_].reset();
        if (++next_to_send_ == done_.size()) call_->finish();
      }
      more = next_block_ < done_.size();
    }
    if (more) call_->when_read([self = shared_from_this()] { self->read_next_block(); });
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
  const std::size_t block_size_;
  Moment moment_;
  std::vector<std::int64_t> pids_;
  CpuMarks marks_;
  std::mutex mutex_;
  std::vector<std::optional<std::vector<wire::Buffer>>> done_;
  std::size_t next_block_ = 0, next_to_send_ = 0;
};

}  // namespace

void list_processes(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::ProcessListRequest>(call);
  if (!request) return;
  auto plan = plan_process_query(request->attributes, request->options);
  if (!plan) return call->fail(std::move(plan.status()));
  std::make_shared<ProcessList>(context, call, std::move(*plan))->start();
}

}  // namespace hostscope
