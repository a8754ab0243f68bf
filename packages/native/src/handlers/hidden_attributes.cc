// SPDX-License-Identifier: Apache-2.0
#include "handlers/hidden_attributes.h"

#include <algorithm>

namespace hostscope {
namespace {

using A = model::ProcessAttribute;

constexpr model::AttributeSet kShownInPart{A::kCmdline};
constexpr const char* kBlanks = " \t\r\n\v\f";
constexpr std::size_t kNameMax = 15;  // of the kernel's own names; what is longer was completed

void cut_at(std::string& text, std::size_t end) { text.resize(std::min(text.size(), end)); }

}  // namespace

model::AttributeSet hidden_of(model::AttributeSet asked, const Grant& grant) {
  if (asked.has(A::kName)) asked.add(A::kCmdline);
  return asked & grant.hidden_attributes();
}

void keep_back_hidden(ProcessQuery& query) {
  query.attributes = query.attributes.without(query.hidden.without(kShownInPart));
}

RowOutcome read_shown(ProcessReader& reader, std::int64_t pid, const ProcessQuery& query, ReadGuard& guard,
                      model::ProcessRow& row) {
  const auto outcome = reader.read(pid, query, guard, row);
  if (outcome == RowOutcome::kGone || query.hidden.empty()) return outcome;
  row.fail(query.hidden.without(kShownInPart), model::AttributeOutcome::kNotPermitted);
  if (!query.hidden.has(A::kCmdline)) return outcome;
  if (row.present.has(A::kCmdline)) cut_cmdline(row.cmdline);
  if (row.present.has(A::kName)) cut_name(row.name);
  return outcome;
}

void cut_name(std::string& name) {
  if (name.size() > kNameMax) cut_at(name, name.find_first_of(kBlanks, kNameMax));
}

void cut_cmdline(std::vector<std::string>& cmdline) {
  if (cmdline.empty()) return;
  cmdline.resize(1);
  cut_at(cmdline.front(), cmdline.front().find_first_of(kBlanks));
}

}  // namespace hostscope
