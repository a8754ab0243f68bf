// sources: handlers/hidden_attributes.cc grant.cc core/status.cc core/errno_name.cc
// SPDX-License-Identifier: Apache-2.0
#include "handlers/hidden_attributes.h"

#include "core/check.h"

using namespace hostscope;

namespace {

using A = model::ProcessAttribute;

// Tells everything it is asked for, and what it was asked for.
class TellingReader : public ProcessReader {
 public:
  RowOutcome read(std::int64_t, const ProcessQuery& query, ReadGuard&, model::ProcessRow& row) override {
    asked = query.attributes;
    row.clear();
    row.present = query.attributes;
    row.cmdline = {"/bin/app --token=1", "--password", "secret"};
    return RowOutcome::kRead;
  }
  std::optional<CpuMark> cpu_mark(std::int64_t, ReadGuard&) override { return std::nullopt; }
  std::optional<ProcessKin> kin(std::int64_t, ReadGuard&) override { return std::nullopt; }
  std::optional<model::ProcessCpuPercent> cpu_percent(std::int64_t, std::uint64_t, const CpuMarks&,
                                                      ReadGuard&) override {
    return std::nullopt;
  }
  std::optional<std::int32_t> returncode(const model::ProcessRef&) override { return std::nullopt; }
  Result<model::ProcessLimits> limits(std::int64_t, ReadGuard&) override { return Status::closed(); }

  model::AttributeSet asked;
};

void test_row() {
  TellingReader reader;
  ReadProgress progress;
  StuckTargets stuck;
  ReadGuard guard(progress, stuck);
  model::ProcessRow row;
  ProcessQuery query;
  query.attributes = {A::kName, A::kEnviron, A::kCmdline};
  query.hidden = {A::kEnviron, A::kCmdline};
  keep_back_hidden(query);
  CHECK(read_shown(reader, 1, query, guard, row) == RowOutcome::kRead);
  CHECK(!reader.asked.has(A::kEnviron) && reader.asked.has(A::kName) && !row.present.has(A::kEnviron));
  CHECK(row.failures.size() == 1 && row.failures[0].attribute == A::kEnviron);
  CHECK(row.failures[0].outcome == model::AttributeOutcome::kNotPermitted);
  CHECK(row.cmdline.size() == 1 && row.cmdline[0] == "/bin/app");
}

void test_nothing_hidden() {
  TellingReader reader;
  ReadProgress progress;
  StuckTargets stuck;
  ReadGuard guard(progress, stuck);
  model::ProcessRow row;
  ProcessQuery query;
  query.attributes = {A::kEnviron, A::kCmdline};
  keep_back_hidden(query);
  CHECK(read_shown(reader, 1, query, guard, row) == RowOutcome::kRead);
  CHECK(row.present.has(A::kEnviron) && row.failures.empty() && row.cmdline.size() == 3);
}

void test_names() {
  Grant grant{.hidden = {{{A::kCmdline, A::kEnviron}, "x"}}};
  CHECK(hidden_of({A::kName}, grant).has(A::kCmdline) && !hidden_of({A::kPid}, grant).has(A::kCmdline));
  CHECK(!hidden_of({A::kName}, grant).has(A::kEnviron) && hidden_of({A::kName}, {}).empty());
  std::string kernels_own = "tmux: server", completed = "a-very-long-name --token=1";
  cut_name(kernels_own);
  cut_name(completed);
  CHECK(kernels_own == "tmux: server" && completed == "a-very-long-name");
}

void test_cut() {
  std::vector<std::string> none, title{"postgres: alice db SELECT"}, blank{" x"};
  cut_cmdline(none);
  cut_cmdline(title);
  cut_cmdline(blank);
  CHECK(none.empty() && title[0] == "postgres:" && blank[0].empty());
}

}  // namespace

int main() {
  test_row();
  test_nothing_hidden();
  test_names();
  test_cut();
}
