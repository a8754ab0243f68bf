// SPDX-License-Identifier: Apache-2.0
#include "handlers/process_selector.h"

#include <string>
#include <string_view>

namespace hostscope {
namespace {

using A = model::ProcessAttribute;

// The last part of a path of any platform: one of a POSIX system begins with a slash.
std::string_view file_name(std::string_view path) {
  const auto at = path.find_last_of(path.starts_with("/") ? "/" : "\\/:");
  return at == std::string_view::npos ? path : path.substr(at + 1);
}

bool goes_by(const model::ProcessRow& row, std::string_view name) {
  if (row.present.has(A::kName) && row.name == name) return true;
  if (row.present.has(A::kExe) && file_name(row.exe) == name) return true;
  return row.present.has(A::kCmdline) && !row.cmdline.empty() && row.cmdline.front() == name;
}

}  // namespace

Result<void> check_selector(const std::optional<gen::ProcessSelector>& selector) {
  if (!selector) return Status::invalid_argument("selector", "is required");
  if (!selector->name && !selector->username && !selector->cmdline) {
    return Status::invalid_argument("selector", "needs a name, username or cmdline: it would mean every process");
  }
  constexpr std::string_view kEmpty = "is empty";
  if (selector->name == "") return Status::invalid_argument("selector.name", kEmpty);
  if (selector->username == "") return Status::invalid_argument("selector.username", kEmpty);
  if (selector->cmdline == "") return Status::invalid_argument("selector.cmdline", kEmpty);
  return {};
}

model::AttributeSet selector_attributes() { return {A::kName, A::kExe, A::kCmdline, A::kUsername, A::kStatus}; }

bool selects(const gen::ProcessSelector& selector, const model::ProcessRow& row) {
  if (row.present.has(A::kStatus) && row.status == model::ProcessStatus::kZombie) return false;
  if (selector.name && !goes_by(row, *selector.name)) return false;
  if (selector.username && !(row.present.has(A::kUsername) && row.username == *selector.username)) return false;
  if (!selector.cmdline) return true;
  return row.present.has(A::kCmdline) && model::joined(row.cmdline).find(*selector.cmdline) != std::string::npos;
}

}  // namespace hostscope
