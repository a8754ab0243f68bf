// SPDX-License-Identifier: Apache-2.0
// What one group of readers sees of a process watch.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "handlers/process_filter.h"
#include "handlers/process_table.h"
#include "handlers/watch.h"

namespace hostscope {

class ProcessView : public WatchView {
 public:
  ProcessView(const ProcessTable& table, model::AttributeSet attributes, ProcessFilter filter)
      : table_(table), attributes_(attributes), filter_(std::move(filter)) {}

  // What rows must be read with for this view.
  model::AttributeSet needs() const { return attributes_ | filter_.needs(); }
  const ProcessFilter& filter() const { return filter_; }

  // One row that matches the filter, as a collection saw it; from several threads, each with a list of its own.
  struct Candidate {
    std::int64_t pid;
    ProcessFilter::Rank rank;
  };
  // Chooses from all that match in the last collection. Needed only if the filter does not take all.
  void choose(std::vector<Candidate> candidates);
  // What it needs was read.
  void set_ready() { ready_ = true; }

  bool ready() const override { return ready_; }
  Messages snapshot(const WatchTick& tick) override;
  Messages changes(const WatchTick& tick) override;
  void write_dropped(std::uint32_t count, wire::Writer& out) const override;

 private:
  const ProcessTable& table_;
  const model::AttributeSet attributes_;
  const ProcessFilter filter_;
  bool ready_ = false;
  // Who was shown after the last collection, and after the one before. Not kept if the filter takes all.
  std::map<std::int64_t, model::ProcessRef> shown_, shown_before_;
};

}  // namespace hostscope
