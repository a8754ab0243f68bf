// SPDX-License-Identifier: Apache-2.0
// Which rows of a process watch somebody wants: conditions, an order, and how many.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "gen/process_watch.gen.h"
#include "model/process.h"

namespace hostscope {

// The attributes that a key is made of.
model::AttributeSet attributes_of(gen::ProcessKey key);

// The value of a key, if the row has it.
std::optional<double> number_of(const model::ProcessRow& row, gen::ProcessKey key);
std::optional<std::string> text_of(const model::ProcessRow& row, gen::ProcessKey key);

class ProcessFilter {
 public:
  static Result<ProcessFilter> of(const gen::ProcessWatchRequest& request);

  // What rows must have for it, besides what is shown of them.
  model::AttributeSet needs() const { return needs_; }
  // Whether every row is wanted: then nothing need be remembered of who was.
  bool takes_all() const { return any_of_.empty() && !limit_; }
  std::optional<std::uint32_t> limit() const { return limit_; }

  bool matches(const model::ProcessRow& row) const;
  // Where the row stands: the least come first. Empty: behind all others.
  struct Rank {
    std::optional<double> number;
    std::optional<std::string> text;
  };
  Rank rank(const model::ProcessRow& row) const;
  // Whether `a` comes before `b`.
  bool before(const Rank& a, const Rank& b) const;

 private:
  std::vector<gen::ProcessConditions> any_of_;
  gen::ProcessKey order_by_ = gen::ProcessKey::kUnspecified;
  bool descending_ = false;
  std::optional<std::uint32_t> limit_;
  model::AttributeSet needs_;
};

}  // namespace hostscope
