// SPDX-License-Identifier: Apache-2.0
#include "handlers/hidden_attributes.h"

#include <algorithm>

namespace hostscope {
namespace {

using A = model::ProcessAttribute;

constexpr model::AttributeSet kShownInPart{A::kCmdline};

}  // namespace

void keep_back_hidden(ProcessQuery& query) {
  query.attributes = query.attributes.without(query.hidden.without(kShownInPart));
}

RowOutcome read_shown(ProcessReader& reader, std::int64_t pid, const ProcessQuery& query, ReadGuard& guard,
                      model::ProcessRow& row) {
  const auto outcome = reader.read(pid, query, guard, row);
  if (outcome == RowOutcome::kGone || query.hidden.empty()) return outcome;
  row.fail(query.hidden.without(kShownInPart), model::AttributeOutcome::kNotPermitted);
  if (query.hidden.has(A::kCmdline) && row.present.has(A::kCmdline)) cut_cmdline(row.cmdline);
  return outcome;
}

void cut_cmdline(std::vector<std::string>& cmdline) {
  if (cmdline.empty()) return;
  cmdline.resize(1);
  auto& first = cmdline.front();
  first.resize(std::min(first.size(), first.find_first_of(" \t\r\n\v\f")));
}

}  // namespace hostscope
