// sources: handlers/process_selector.cc core/status.cc core/errno_name.cc
// SPDX-License-Identifier: Apache-2.0
#include "handlers/process_selector.h"

#include "core/check.h"

using namespace hostscope;
using A = model::ProcessAttribute;

namespace {

model::ProcessRow shell() {
  model::ProcessRow row;
  row.present = selector_attributes();
  row.name = "bash";
  row.exe = "/usr/bin/bash5";
  row.cmdline = {"-sh", "-c", "sleep 5"};
  row.username = "anna";
  row.status = model::ProcessStatus::kSleeping;
  return row;
}

gen::ProcessSelector by(std::optional<std::string> name, std::optional<std::string> username = {},
                        std::optional<std::string> cmdline = {}) {
  gen::ProcessSelector selector;
  selector.name = std::move(name);
  selector.username = std::move(username);
  selector.cmdline = std::move(cmdline);
  return selector;
}

void test_names() {
  for (const auto* name : {"bash", "bash5", "-sh"}) CHECK(selects(by(name), shell()));
  for (const auto* name : {"bas", "bash ", "BASH", "/usr/bin/bash5", "-c", "sh"}) CHECK(!selects(by(name), shell()));
  auto windows = shell();
  windows.exe = "C:\\Tools\\tool.exe";
  CHECK(selects(by("tool.exe"), windows));
}

void test_all_conditions_hold() {
  CHECK(selects(by("bash", "anna", "-c sleep"), shell()));
  CHECK(selects(by({}, "anna"), shell()));
  CHECK(selects(by({}, {}, "h -c s"), shell()));
  CHECK(!selects(by("bash", "ann"), shell()));
  CHECK(!selects(by("dash", "anna"), shell()));
  CHECK(!selects(by("bash", "anna", "sleep  5"), shell()));
}

void test_what_cannot_be_told_does_not_hold() {
  auto row = shell();
  row.present = {};
  CHECK(!selects(by("bash"), row));
  CHECK(!selects(by("-sh"), row));
  CHECK(!selects(by({}, "anna"), row));
  CHECK(!selects(by({}, {}, "sleep"), row));
  row = shell();
  row.status = model::ProcessStatus::kZombie;
  CHECK(!selects(by("bash"), row));
}

void test_check() {
  CHECK(check_selector(by("x")));
  CHECK(!check_selector({}));
  CHECK(check_selector(by({})).status().field == "selector");
  CHECK(check_selector(by("")).status().field == "selector.name");
  CHECK(check_selector(by("x", "")).status().field == "selector.username");
  CHECK(check_selector(by("x", "y", "")).status().field == "selector.cmdline");
}

}  // namespace

int main() {
  test_names();
  test_all_conditions_hold();
  test_what_cannot_be_told_does_not_hold();
  test_check();
}
