// SPDX-License-Identifier: Apache-2.0
#include "handlers/process_view.h"

#include <algorithm>
#include <utility>

#include "encode/process.h"

namespace hostscope {
namespace {

using A = model::ProcessAttribute;
using gen::WatchKind;

// Beyond this, what is left goes into a message of its own.
constexpr std::size_t kMessageBytes = 256 * 1024;

// Writes the messages of one collection.
class MessageWriter {
 public:
  MessageWriter(const WatchTick& tick, WatchKind kind) : tick_(tick), kind_(kind) { begin(); }

  gen::ProcessWatchResponseWriter& out() { return out_; }
  wire::Writer& bytes() { return bytes_; }

  // Between two entries.
  void may_break() {
    if (bytes_.size() < kMessageBytes) return;
    out_.more(true);
    done_.push_back(bytes_.take());
    begin();
  }

  WatchView::Messages end() {
    done_.push_back(bytes_.take());
    return std::move(done_);
  }

 private:
  void begin() {
    const bool is_first = done_.empty();
    out_.kind(kind_);
    out_.sequence(tick_.sequence);
    out_.sample([&](auto& w) { tick_.moment.write(w); });
    if (tick_.interval) out_.interval(*tick_.interval);
    if (tick_.gap && is_first) out_.gap(true);
    if (is_first && (kind_ == WatchKind::kSnapshot || tick_.pace_changed)) {
      out_.pace([&](auto& w) { tick_.pace.write(w); });
    }
  }

  const WatchTick& tick_;
  const WatchKind kind_;
  wire::Writer bytes_;
  gen::ProcessWatchResponseWriter out_{bytes_};
  WatchView::Messages done_;
};

// `failures` are the attributes whose failures the reader is to be told.
void write_change(MessageWriter& messages, const WatchedRow& row, wire::FieldSet fields, model::AttributeSet failures,
                  wire::FieldSet cleared) {
  std::vector<A> without;
  cleared.for_each([&](std::uint32_t field) { without.push_back(static_cast<A>(field)); });
  messages.out().changes([&](auto& change) {
    change.process([&](auto& process) {
      process.ref([&](auto& w) { encode::process_ref(row.ref, w); });
      for (std::size_t at = 0; at < row.info.size(); ++at) {
        const auto part = row.info[at];
        if (fields.has(part.field)) messages.bytes().put_encoded(part.bytes);
      }
      for (const auto& failure : row.failures) {
        if (failures.has(failure.attribute)) encode::attribute_failure(failure, process);
      }
    });
    change.cleared(without);
  });
  messages.may_break();
}

}  // namespace

void ProcessView::choose(std::vector<Candidate> candidates) {
  if (const auto limit = filter_.limit(); limit && candidates.size() > *limit) {
    const auto middle = candidates.begin() + *limit;
    // Those with the same rank by pid: who is shown must not depend on the order of reading.
    std::nth_element(candidates.begin(), middle, candidates.end(), [this](const Candidate& a, const Candidate& b) {
      if (filter_.before(a.rank, b.rank)) return true;
      return !filter_.before(b.rank, a.rank) && a.pid < b.pid;
    });
    candidates.erase(middle, candidates.end());
  }
  shown_before_ = std::exchange(shown_, {});
  for (const auto& candidate : candidates) {
    const auto* entry = find_entry(table_.entries(), candidate.pid);
    if (entry != nullptr) shown_.emplace(candidate.pid, entry->row->ref);
  }
}

WatchView::Messages ProcessView::snapshot(const WatchTick& tick) {
  MessageWriter messages(tick, WatchKind::kSnapshot);
  const auto fields = fields_of(attributes_);
  for (const auto& entry : table_.entries()) {
    if (filter_.takes_all() || shown_.contains(entry.pid())) {
      write_change(messages, *entry.row, fields, attributes_, {});
    }
  }
  return messages.end();
}

WatchView::Messages ProcessView::changes(const WatchTick& tick) {
  const auto fields = fields_of(attributes_);
  const bool all = filter_.takes_all();
  const auto was_shown = [&](const model::ProcessRef& ref) {
    const auto found = shown_before_.find(ref.pid);
    return found != shown_before_.end() && same_row(found->second, ref);
  };
  MessageWriter messages(tick, WatchKind::kDelta);
  const std::size_t empty = messages.bytes().size();
  for (const auto& entry : table_.entries()) {
    if (!all && !shown_.contains(entry.pid())) continue;
    if (entry.is_new || (!all && !was_shown(entry.row->ref))) {
      write_change(messages, *entry.row, fields, attributes_, {});
      continue;
    }
    const auto changed = entry.difference.changed & fields;
    const auto cleared = entry.difference.cleared & fields;
    // The rows hold what all readers ask for together, and so do their failures.
    const bool failed = !(entry.failed & attributes_).empty();
    if (changed.empty() && cleared.empty() && !failed) continue;
    write_change(messages, *entry.row, changed, failed ? attributes_ : model::AttributeSet(), cleared);
  }
  for (const auto& [ref, returncode] : table_.gone()) {
    if (!all && !was_shown(ref)) continue;
    messages.out().gone([&](auto& exit) {
      exit.ref([&](auto& w) { encode::process_ref(ref, w); });
      if (returncode) exit.returncode(*returncode);
    });
    messages.may_break();
  }
  for (const auto& [pid, ref] : shown_before_) {
    const auto* entry = find_entry(table_.entries(), pid);
    const bool lives = entry != nullptr && same_row(entry->row->ref, ref);
    if (!lives || shown_.contains(pid)) continue;
    messages.out().left([&](auto& w) { encode::process_ref(ref, w); });
    messages.may_break();
  }
  auto result = messages.end();
  if (result.size() > 1 || result[0].size() > empty) return result;
  return MessageWriter(tick, WatchKind::kHeartbeat).end();
}

void ProcessView::write_dropped(std::uint32_t count, wire::Writer& out) const {
  gen::ProcessWatchResponseWriter(out).dropped(count);
}

}  // namespace hostscope
