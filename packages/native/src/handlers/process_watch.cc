// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <mutex>
#include <utility>

#include "encode/process.h"
#include "handlers/hidden_attributes.h"
#include "handlers/inner_call.h"
#include "handlers/process_query.h"
#include "handlers/process_rows.h"
#include "handlers/process_view.h"
#include "handlers/watch.h"
#include "handlers/watches.h"

namespace hostscope {
namespace {

using A = model::ProcessAttribute;

constexpr WatchIntervals kIntervals{.otherwise = 1, .least = 1};
constexpr std::size_t kWatchBlock = 64;

class ProcessWatch : public Watch {
 public:
  ProcessWatch(const Context& context, std::chrono::duration<double> interval, ProcessQueryPlan plan)
      : Watch(context, "Process.Watch", interval),
        plan_(std::move(plan)),
        // Two collections may be late before what is kept open for them is closed.
        keep_for_(kKeepOpen + std::chrono::duration_cast<std::chrono::milliseconds>(3 * interval)) {}
  ~ProcessWatch() override { close_unused_later(this->context(), keep_for_); }

  const ProcessTable& table() const { return table_; }

 protected:
  void views_changed(const std::vector<std::shared_ptr<WatchView>>& views) override {
    views_.clear();
    for (const auto& view : views) views_.push_back(std::static_pointer_cast<ProcessView>(view));
  }

  void collect(bool first, std::function<void(Status*)> done) override;
  void settle(const WatchTick&) override;

 private:
  // One collection in progress: as it began, so that readers may come and go meanwhile.
  struct Collection {
    CallPtr call;
    ProcessQuery query;
    std::vector<std::shared_ptr<ProcessFilter>> filters;
    std::vector<std::int64_t> pids;
    std::unique_ptr<ProcessReader> reader;  // for what is asked when all rows are read
    std::function<void(Status*)> done;
    // Held by the collection, which a reader that got stuck and comes back may still look at.
    std::shared_ptr<const TableEntries> before;
    CpuMarks marks;
    std::mutex mutex;
    std::size_t open_blocks = 0;
    TableEntries entries;
    std::vector<ProcessTable::Exit> gone;
    std::vector<std::vector<ProcessView::Candidate>> candidates;  // of each filter
  };
  using CollectionPtr = std::shared_ptr<Collection>;

  // What one block of processes gave.
  struct Block {
    TableEntries entries;
    std::vector<std::vector<ProcessView::Candidate>> candidates;
  };

  void mark(const CollectionPtr& collection);
  void read(const CollectionPtr& collection, std::chrono::milliseconds delay);
  static void read_block(const Collection& collection, ProcessRows& rows, ReadGuard& guard, Block& block);
  void finish_block(const CollectionPtr& collection, Block block);

  const ProcessQueryPlan plan_;
  const std::chrono::milliseconds keep_for_;
  ProcessTable table_;
  model::AttributeSet known_;  // what the rows of the table were read with
  std::vector<std::shared_ptr<ProcessView>> views_;
  // Who asked in the collection that is being settled; views that came later have no candidates yet.
  CollectionPtr collected_;
  std::vector<std::shared_ptr<ProcessView>> asked_;
};

void ProcessWatch::collect(bool first, std::function<void(Status*)> done) {
  auto collection = std::make_shared<Collection>();
  collection->call = inner_call(gen::Method::kProcessWatch, [done](const Status& failure) {
    auto status = failure;
    done(&status);
  });
  collection->done = std::move(done);
  collection->query = plan_.query;
  {
    const std::lock_guard lock(state());
    model::AttributeSet judged;
    for (const auto& view : views_) {
      collection->query.attributes = collection->query.attributes | view->needs();
      judged = judged | view->filter().needs();
      collection->filters.push_back(std::make_shared<ProcessFilter>(view->filter()));
    }
    // Filters judge rows as they are read.
    collection->query.skippable = known_.without(judged);
    collection->before = table_.shared_entries();
    asked_ = views_;
  }
  collection->query.cpu_marks = &collection->marks;
  collection->query.marks_runs = true;
  collection->query.keep_open = true;
  collection->query.keep_for = keep_for_;
  collection->candidates.resize(collection->filters.size());
  auto self = std::static_pointer_cast<ProcessWatch>(shared_from_this());
  const bool marked = !first && known_.has(A::kCpuPercent);
  run_on_pool(context(), collection->call, [self, collection, marked] {
    auto pids = self->context().collector->pids();
    if (!pids) return collection->call->fail(std::move(pids.status()));
    collection->pids = std::move(*pids);
    auto reader = self->context().collector->process_reader();
    if (!reader) return collection->call->fail(std::move(reader.status()));
    collection->reader = std::move(*reader);
    prepare_process_query(*self->context().collector, collection->query);
    const bool measures = collection->query.attributes.has(A::kCpuPercent);
    if (measures && !marked) {
      self->mark(collection);
    } else {
      self->read(collection, {});
    }
  });
}

void ProcessWatch::mark(const CollectionPtr& collection) {
  auto self = std::static_pointer_cast<ProcessWatch>(shared_from_this());
  read_process_rows(
      context(), collection->call, collection->pids,
      [](ProcessRows& rows, ReadGuard& guard) { rows.mark_cpu_times(guard); },
      [self, collection](const std::shared_ptr<ProcessRows>& rows) {
        collection->marks = std::move(rows->marks);
        self->read(collection, kFirstMeasure);
      });
}

void ProcessWatch::read(const CollectionPtr& collection, std::chrono::milliseconds delay) {
  auto self = std::static_pointer_cast<ProcessWatch>(shared_from_this());
  const auto& pids = collection->pids;
  const std::size_t blocks = std::max<std::size_t>(1, (pids.size() + kWatchBlock - 1) / kWatchBlock);
  collection->open_blocks = blocks;
  for (std::size_t block = 0; block < blocks; ++block) {
    const auto begin = pids.begin() + static_cast<std::ptrdiff_t>(std::min(pids.size(), block * kWatchBlock));
    const auto end = pids.begin() + static_cast<std::ptrdiff_t>(std::min(pids.size(), (block + 1) * kWatchBlock));
    // Each try writes a block of its own: the one before may still be at work, stuck.
    auto tries = std::make_shared<std::map<const ProcessRows*, std::shared_ptr<Block>>>();
    auto lock = std::make_shared<std::mutex>();
    read_process_rows(
        context(), collection->call, {begin, end},
        [collection, tries, lock](ProcessRows& rows, ReadGuard& guard) {
          auto found = std::make_shared<Block>();
          read_block(*collection, rows, guard, *found);
          const std::lock_guard hold(*lock);
          (*tries)[&rows] = std::move(found);
        },
        [self, collection, tries, lock](const std::shared_ptr<ProcessRows>& rows) {
          std::shared_ptr<Block> found;
          {
            const std::lock_guard hold(*lock);
            found = (*tries)[rows.get()];
          }
          self->finish_block(collection, found != nullptr ? std::move(*found) : Block{});
        },
        delay);
  }
}

void ProcessWatch::read_block(const Collection& collection, ProcessRows& rows, ReadGuard& guard, Block& block) {
  block.candidates.resize(collection.filters.size());
  block.entries.reserve(rows.pids.size());
  auto query = collection.query;
  model::ProcessRow row;
  wire::Writer bytes;
  wire::Parts scratch;
  for (const auto pid : rows.pids) {
    if (collection.call->cancelled() || guard.abandoned()) return;
    const auto* before = find_entry(*collection.before, pid);
    query.earlier = before != nullptr ? &before->look : nullptr;
    if (read_shown(*rows.reader, pid, query, guard, row) == RowOutcome::kGone) continue;
    // In an order that does not depend on what was read and what was left out.
    std::sort(row.failures.begin(), row.failures.end(),
              [](const auto& a, const auto& b) { return a.attribute < b.attribute; });
    bytes.clear();
    gen::ProcessInfoWriter out(bytes);
    encode::process_row(row, row.monotonic_ns, out);
    block.entries.push_back(next_entry(before, row, bytes.view(), scratch));
    for (std::size_t at = 0; at < collection.filters.size(); ++at) {
      const auto& filter = *collection.filters[at];
      if (filter.takes_all() || !filter.matches(row)) continue;
      block.candidates[at].push_back({pid, filter.rank(row)});
    }
  }
}

void ProcessWatch::finish_block(const CollectionPtr& collection, Block block) {
  {
    const std::lock_guard lock(collection->mutex);
    std::move(block.entries.begin(), block.entries.end(), std::back_inserter(collection->entries));
    for (std::size_t at = 0; at < block.candidates.size(); ++at) {
      auto& all = collection->candidates[at];
      std::move(block.candidates[at].begin(), block.candidates[at].end(), std::back_inserter(all));
    }
    if (--collection->open_blocks > 0) return;
  }
  std::sort(collection->entries.begin(), collection->entries.end(),
            [](const TableEntry& a, const TableEntry& b) { return a.pid() < b.pid(); });
  // Nobody else changes the table while a collection is in progress.
  collection->gone = table_.missing(collection->entries);
  for (auto& exit : collection->gone) exit.returncode = collection->reader->returncode(exit.ref);
  {
    const std::lock_guard lock(state());
    collected_ = collection;
  }
  collection->done(nullptr);
  // If the watch was over by then, nobody took it, and it holds the watch.
  const std::lock_guard lock(state());
  if (collected_ == collection) collected_ = nullptr;
}

void ProcessWatch::settle(const WatchTick&) {
  const auto collection = std::exchange(collected_, nullptr);
  table_.update(std::move(collection->entries), std::move(collection->gone));
  known_ = collection->query.attributes;
  for (std::size_t at = 0; at < asked_.size(); ++at) {
    if (!asked_[at]->filter().takes_all()) asked_[at]->choose(std::move(collection->candidates[at]));
    asked_[at]->set_ready();
  }
}

void watch_processes(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::ProcessWatchRequest>(call);
  if (!request) return;
  auto plan = plan_process_query(request->attributes, request->options, call->grant());
  if (!plan) return call->fail(std::move(plan.status()));
  auto filter = ProcessFilter::of(*request);
  if (!filter) return call->fail(std::move(filter.status()));
  // Who is left out, or comes first, would tell it.
  auto shown = call->grant().check_shown(filter->needs(),
                                         request->order_by == gen::ProcessKey::kUnspecified ? "any_of" : "order_by");
  if (!shown) return call->fail(std::move(shown.status()));
  const auto interval = watch_interval(request->interval, kIntervals);
  if (!interval) return call->fail(interval.status());
  const auto attributes = plan->query.attributes;
  // What is read of a row, but for which attributes: those are read for all views together.
  plan->query.attributes = {};
  // Readers share a collection only if the same is kept back from them: its rows are encoded once for all.
  plan->query.hidden = hidden_of(attributes | filter->needs(), call->grant());
  std::string hidden;
  plan->query.hidden.for_each([&](A attribute) { hidden += " -" + std::to_string(static_cast<int>(attribute)); });
  const std::string key = "Process.Watch " + std::to_string(*interval) + " " +
                          std::to_string(static_cast<int>(plan->query.memtype)) + " " +
                          std::to_string(plan->query.memory_maps_grouped) + " " +
                          std::to_string(static_cast<int>(plan->query.connections_kind)) + hidden;
  const auto make_watch = [&]() -> std::shared_ptr<Watch> {
    return std::make_shared<ProcessWatch>(context, std::chrono::duration<double>(*interval), std::move(*plan));
  };
  const auto make_view = [&](Watch& watch) -> std::shared_ptr<WatchView> {
    return std::make_shared<ProcessView>(static_cast<ProcessWatch&>(watch).table(), attributes, std::move(*filter));
  };
  context.watches->join(key, call, std::string(call->request()), make_watch, make_view);
}

}  // namespace

void add_process_watch_handlers(Handlers& handlers) {
  handlers.add(gen::Method::kProcessWatch, Lane::kAsync, watch_processes);
}

}  // namespace hostscope
