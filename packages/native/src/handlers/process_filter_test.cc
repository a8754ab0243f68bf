// sources: handlers/process_filter.cc core/status.cc core/errno_name.cc
// SPDX-License-Identifier: Apache-2.0
#include "handlers/process_filter.h"

#include <limits>
#include <tuple>

#include "core/check.h"

using namespace hostscope;
using A = model::ProcessAttribute;
using C = gen::Comparison;
using K = gen::ProcessKey;

namespace {

gen::ProcessCondition number(K key, C comparison, double value) {
  return {.key = key, .comparison = comparison, .number = value, .text = {}};
}

gen::ProcessCondition text(K key, C comparison, std::string value) {
  return {.key = key, .comparison = comparison, .number = {}, .text = std::move(value)};
}

gen::ProcessWatchRequest where(std::vector<std::vector<gen::ProcessCondition>> sets) {
  gen::ProcessWatchRequest request;
  for (auto& set : sets) request.any_of.push_back({.all_of = std::move(set)});
  return request;
}

model::ProcessRow process(const char* name, std::uint64_t rss) {
  model::ProcessRow row;
  row.name = name;
  row.cmdline = {"node", "server.js"};
  row.status = gen::ProcessStatus::kDiskSleep;
  row.memory_info.rss = rss;
  for (const auto attribute : {A::kName, A::kCmdline, A::kStatus, A::kMemoryInfo}) row.present.add(attribute);
  return row;
}

bool matches(const gen::ProcessWatchRequest& request, const model::ProcessRow& row) {
  const auto filter = ProcessFilter::of(request);
  CHECK(filter.ok());
  return filter->matches(row);
}

void conditions_hold_together_or_one_set_of_them() {
  const auto row = process("node", 500);
  CHECK(matches({}, row));
  CHECK(matches(where({{number(K::kRss, C::kGt, 499), text(K::kName, C::kEq, "node")}}), row));
  CHECK(!matches(where({{number(K::kRss, C::kGt, 500), text(K::kName, C::kEq, "node")}}), row));
  CHECK(matches(where({{number(K::kRss, C::kGt, 500)}, {text(K::kName, C::kEq, "node")}}), row));
}

void every_comparison_does_what_it_says() {
  const auto row = process("node", 500);
  for (const auto& [comparison, below, same, above] :
       {std::tuple{C::kEq, false, true, false}, std::tuple{C::kNe, true, false, true},
        std::tuple{C::kLt, false, false, true}, std::tuple{C::kLe, false, true, true},
        std::tuple{C::kGt, true, false, false}, std::tuple{C::kGe, true, true, false}}) {
    CHECK(matches(where({{number(K::kRss, comparison, 499)}}), row) == below);
    CHECK(matches(where({{number(K::kRss, comparison, 500)}}), row) == same);
    CHECK(matches(where({{number(K::kRss, comparison, 501)}}), row) == above);
  }
  CHECK(matches(where({{text(K::kCmdline, C::kContains, "de ser")}}), row));
  CHECK(matches(where({{text(K::kCmdline, C::kPrefix, "node ")}}), row));
  CHECK(matches(where({{text(K::kCmdline, C::kSuffix, ".js")}}), row));
  CHECK(matches(where({{text(K::kStatus, C::kEq, "disk-sleep")}}), row));
}

void what_is_not_known_matches_nothing() {
  auto row = process("node", 500);
  row.present.remove(A::kMemoryInfo);
  CHECK(!matches(where({{number(K::kRss, C::kNe, 1)}}), row));
  CHECK(!matches(where({{text(K::kUsername, C::kNe, "root")}}), row));
}

void the_unknown_come_last_in_any_order() {
  for (const bool descending : {false, true}) {
    gen::ProcessWatchRequest request;
    request.order_by = K::kRss;
    request.limit = 1;
    request.descending = descending;
    const auto filter = ProcessFilter::of(request);
    auto unknown = process("x", 9);
    unknown.present.remove(A::kMemoryInfo);
    const auto small = filter->rank(process("a", 1)), big = filter->rank(process("b", 2));
    CHECK(filter->before(small, big) == !descending && filter->before(big, small) == descending);
    CHECK(filter->before(small, filter->rank(unknown)) && !filter->before(filter->rank(unknown), small));
    CHECK(filter->needs().has(A::kMemoryInfo) && !filter->takes_all());
  }
}

void refuses_what_cannot_be_meant() {
  const auto refused = [](const gen::ProcessWatchRequest& request) {
    const auto filter = ProcessFilter::of(request);
    return !filter && filter.status().reason == ErrorReason::kInvalidArgument;
  };
  CHECK(refused(where({{}})));
  CHECK(refused(where({{number(K::kUnspecified, C::kEq, 1)}})));
  CHECK(refused(where({{number(K::kRss, C::kUnspecified, 1)}})));
  CHECK(refused(where({{number(K::kRss, C::kPrefix, 1)}})));
  CHECK(refused(where({{number(K::kRss, C::kEq, std::numeric_limits<double>::quiet_NaN())}})));
  CHECK(refused(where({{text(K::kRss, C::kEq, "1")}})));
  CHECK(refused(where({{number(K::kName, C::kEq, 1)}})));
  CHECK(refused(where({{text(K::kName, C::kEq, std::string(1025, 'x'))}})));
  CHECK(refused(where({{text(static_cast<K>(99), C::kEq, "x")}})));
  CHECK(refused(where(std::vector(17, std::vector{text(K::kName, C::kEq, "x")}))));
  CHECK(refused(where({std::vector(17, text(K::kName, C::kEq, "x"))})));
  gen::ProcessWatchRequest request;
  request.limit = 5;
  CHECK(refused(request));
  request.order_by = K::kRss;
  CHECK(!refused(request));
  request.limit = 0;
  CHECK(refused(request));
  request.limit.reset();
  CHECK(refused(request));
}

}  // namespace

int main() {
  conditions_hold_together_or_one_set_of_them();
  every_comparison_does_what_it_says();
  what_is_not_known_matches_nothing();
  the_unknown_come_last_in_any_order();
  refuses_what_cannot_be_meant();
}
