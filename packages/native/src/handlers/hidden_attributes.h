// SPDX-License-Identifier: Apache-2.0
// Rows without what their reader may not see. What is kept back is not even read, but for the command line, whose first
// word is shown to everybody who sees processes.
#pragma once

#include "core/read_guard.h"
#include "grant.h"
#include "process_reader.h"

namespace hostscope {

// What of these attributes is kept back from a caller. The command line goes with the name, which it may complete.
model::AttributeSet hidden_of(model::AttributeSet asked, const Grant& grant);

// Takes out of the query what is kept back; before rows are read by it, and again after attributes were added.
void keep_back_hidden(ProcessQuery& query);

// Reads a row; what is kept back of it is marked as such.
RowOutcome read_shown(ProcessReader& reader, std::int64_t pid, const ProcessQuery& query, ReadGuard& guard,
                      model::ProcessRow& row);

// A name that was completed from the command line, without what stands behind the program there.
void cut_name(std::string& name);

// The program as it was called: the first argument up to a blank, as some programs write all of them, and more, there.
void cut_cmdline(std::vector<std::string>& cmdline);

}  // namespace hostscope
