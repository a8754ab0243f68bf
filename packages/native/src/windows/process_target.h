// SPDX-License-Identifier: Apache-2.0
// One process while its row is read.
#pragma once

#include "windows/failure.h"
#include "windows/process_handle.h"
#include "windows/windows_process_reader.h"

namespace hostscope::windows_os {

using model::AttributeOutcome;
using model::AttributeSet;
using A = model::ProcessAttribute;

struct WindowsProcessReader::Target {
  const ProcessEntry& entry;
  const ProcessQuery& query;
  ReadGuard& guard;
  model::ProcessRow& row;
  ProcessHandle limited{};  // see handle()
  bool is_opened = false;
  bool is_gone = false;  // and another may have its pid

  bool wants(A attribute) const { return query.attributes.has(attribute); }
  AttributeSet wanted(AttributeSet set) const { return query.attributes & set; }

  // Whether `source` may be read; if a reader is stuck there, what it would give has timed out.
  bool enter(ProcessSource source, AttributeSet gives) {
    if (guard.enter(entry.pid, static_cast<std::uint8_t>(source))) return true;
    row.fail(wanted(gives), AttributeOutcome::kTimedOut);
    return false;
  }

  // The process of the entry, with these rights; null, and why, if it cannot be had.
  ProcessHandle open(DWORD access) {
    auto opened = open_process(entry.pid, access | PROCESS_QUERY_LIMITED_INFORMATION);
    const bool missing = !opened && opened.error == ERROR_INVALID_PARAMETER;
    const auto created = opened ? create_time_of(opened.get()) : std::nullopt;
    if (missing || (created && entry.create_time != 0 && *created != entry.create_time)) is_gone = true;
    return opened;
  }

  // The same with the least rights, opened once for all that need no more.
  const ProcessHandle& handle() {
    if (!is_opened) limited = open(0);
    is_opened = true;
    return limited;
  }

  void fail(AttributeSet attributes, DWORD error) {
    row.fail(wanted(attributes), outcome_of(error), static_cast<int>(error));
  }
};

}  // namespace hostscope::windows_os
