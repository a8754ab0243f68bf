// SPDX-License-Identifier: Apache-2.0
#include "handlers/process_filter.h"

#include <algorithm>
#include <cmath>

namespace hostscope {
namespace {

using A = model::ProcessAttribute;
using K = gen::ProcessKey;
using C = gen::Comparison;

constexpr std::size_t kMostEntries = 16;
constexpr std::size_t kLongestText = 1024;
constexpr std::uint32_t kHighestLimit = 100'000;

bool is_text(K key) {
  return key == K::kName || key == K::kExe || key == K::kCmdline || key == K::kUsername || key == K::kStatus;
}

bool is_known_key(K key) { return key != K::kUnspecified && gen::is_known(key); }

template <class Value>
bool ordered(C comparison, const Value& value, const Value& operand) {
  switch (comparison) {
    case C::kEq:
      return value == operand;
    case C::kNe:
      return value != operand;
    case C::kLt:
      return value < operand;
    case C::kLe:
      return value <= operand;
    case C::kGt:
      return value > operand;
    case C::kGe:
      return value >= operand;
    default:
      return false;
  }
}

bool holds(C comparison, std::string_view value, std::string_view operand) {
  switch (comparison) {
    case C::kPrefix:
      return value.starts_with(operand);
    case C::kSuffix:
      return value.ends_with(operand);
    case C::kContains:
      return value.find(operand) != std::string_view::npos;
    default:
      return ordered(comparison, value, operand);
  }
}

bool holds(const gen::ProcessCondition& condition, const model::ProcessRow& row) {
  if (is_text(condition.key)) {
    const auto value = text_of(row, condition.key);
    return value && holds(condition.comparison, *value, *condition.text);
  }
  const auto value = number_of(row, condition.key);
  return value && ordered(condition.comparison, *value, *condition.number);
}

// What is wrong with it; empty if nothing is.
std::string_view wrong_with(const gen::ProcessCondition& condition) {
  if (!is_known_key(condition.key)) return "has no key that there is";
  if (condition.comparison == C::kUnspecified || !gen::is_known(condition.comparison)) {
    return "has no comparison that there is";
  }
  if (!is_text(condition.key)) {
    if (condition.comparison >= C::kPrefix) return "compares a number as only texts can be";
    if (!condition.number || condition.text || std::isnan(*condition.number)) return "needs a number and no text";
    return {};
  }
  if (!condition.text || condition.number) return "needs a text and no number";
  return condition.text->size() > kLongestText ? "has a text of more than 1,024 bytes" : std::string_view();
}

}  // namespace

model::AttributeSet attributes_of(K key) {
  switch (key) {
    case K::kUnspecified:
      return {};
    case K::kPid:
      return {A::kPid};
    case K::kPpid:
      return {A::kPpid};
    case K::kName:
      return {A::kName};
    case K::kExe:
      return {A::kExe};
    case K::kCmdline:
      return {A::kCmdline};
    case K::kUsername:
      return {A::kUsername};
    case K::kStatus:
      return {A::kStatus};
    case K::kCreateTime:
      return {A::kCreateTime};
    case K::kCpuPercent:
      return {A::kCpuPercent};
    case K::kCpuTime:
      return {A::kCpuTimes};
    case K::kRss:
    case K::kVms:
      return {A::kMemoryInfo};
    case K::kNumThreads:
      return {A::kNumThreads};
    case K::kNumFds:
      return {A::kNumFds};
    case K::kNice:
      return {A::kNice};
  }
  return {};
}

std::optional<double> number_of(const model::ProcessRow& row, K key) {
  bool has = false;
  attributes_of(key).for_each([&](A attribute) { has = row.present.has(attribute); });
  if (!has) return std::nullopt;
  switch (key) {
    case K::kPid:
      return static_cast<double>(row.ref.pid);
    case K::kPpid:
      return static_cast<double>(row.ppid);
    case K::kCreateTime:
      return row.create_time;
    case K::kCpuPercent:
      return row.cpu_percent.percent;
    case K::kCpuTime:
      return row.cpu_times.user + row.cpu_times.system;
    case K::kRss:
      return static_cast<double>(row.memory_info.rss);
    case K::kVms:
      return static_cast<double>(row.memory_info.vms);
    case K::kNumThreads:
      return row.num_threads;
    case K::kNumFds:
      return row.num_fds;
    case K::kNice:
      return row.nice;
    default:
      return std::nullopt;
  }
}

std::optional<std::string> text_of(const model::ProcessRow& row, K key) {
  const auto if_has = [&](A attribute, const std::string& text) {
    return row.present.has(attribute) ? std::optional(text) : std::nullopt;
  };
  switch (key) {
    case K::kName:
      return if_has(A::kName, row.name);
    case K::kExe:
      return if_has(A::kExe, row.exe);
    case K::kUsername:
      return if_has(A::kUsername, row.username);
    case K::kStatus:
      return if_has(A::kStatus, std::string(gen::text(row.status)));
    case K::kCmdline:
      return row.present.has(A::kCmdline) ? std::optional(model::joined(row.cmdline)) : std::nullopt;
    default:
      return std::nullopt;
  }
}

Result<ProcessFilter> ProcessFilter::of(const gen::ProcessWatchRequest& request) {
  ProcessFilter filter;
  if (request.any_of.size() > kMostEntries) return Status::invalid_argument("any_of", "has more than 16 entries");
  for (const auto& conditions : request.any_of) {
    if (conditions.all_of.empty() || conditions.all_of.size() > kMostEntries) {
      return Status::invalid_argument("any_of.all_of", "must have 1 to 16 conditions");
    }
    for (const auto& condition : conditions.all_of) {
      if (const auto wrong = wrong_with(condition); !wrong.empty()) {
        return Status::invalid_argument("any_of.all_of", wrong);
      }
      filter.needs_ = filter.needs_ | attributes_of(condition.key);
    }
  }
  filter.any_of_ = request.any_of;
  if (request.order_by != K::kUnspecified && !is_known_key(request.order_by)) {
    return Status::invalid_argument("order_by", "is no key that there is");
  }
  if (request.limit.has_value() != (request.order_by != K::kUnspecified)) {
    return Status::invalid_argument(request.limit ? "order_by" : "limit", "goes with the other: an order with a limit");
  }
  if (request.limit && (*request.limit == 0 || *request.limit > kHighestLimit)) {
    return Status::invalid_argument("limit", "must be from 1 to 100,000");
  }
  filter.order_by_ = request.order_by;
  filter.descending_ = request.descending;
  filter.limit_ = request.limit;
  filter.needs_ = filter.needs_ | attributes_of(request.order_by);
  return filter;
}

bool ProcessFilter::matches(const model::ProcessRow& row) const {
  if (any_of_.empty()) return true;
  return std::any_of(any_of_.begin(), any_of_.end(), [&](const gen::ProcessConditions& conditions) {
    return std::all_of(conditions.all_of.begin(), conditions.all_of.end(),
                       [&](const gen::ProcessCondition& condition) { return holds(condition, row); });
  });
}

ProcessFilter::Rank ProcessFilter::rank(const model::ProcessRow& row) const {
  if (!limit_) return {};
  if (is_text(order_by_)) return {.number = {}, .text = text_of(row, order_by_)};
  return {.number = number_of(row, order_by_), .text = {}};
}

bool ProcessFilter::before(const Rank& a, const Rank& b) const {
  const auto compare = [this](const auto& left, const auto& right) {
    if (left.has_value() != right.has_value()) return left.has_value();
    return descending_ ? left > right : left < right;
  };
  return is_text(order_by_) ? compare(a.text, b.text) : compare(a.number, b.number);
}

}  // namespace hostscope
