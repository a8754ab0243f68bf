// sources: grant.cc core/status.cc core/errno_name.cc
// SPDX-License-Identifier: Apache-2.0
#include "grant.h"

#include <strings.h>

#include "core/check.h"

using namespace hostscope;

namespace {

using A = model::ProcessAttribute;

TargetFacts of(std::uint32_t real, std::uint32_t effective, std::uint32_t saved, std::string cgroup = "/user") {
  return {.uids = {{real, effective, saved}}, .cgroup = std::move(cgroup)};
}

TargetFacts account(std::string sid, std::string name) {
  return {
      .sid = std::move(sid), .account = std::move(name), .same_account = [](std::string_view a, std::string_view b) {
        return a.size() == b.size() && ::strncasecmp(a.data(), b.data(), a.size()) == 0;
      }};
}

void test_uids() {
  const TargetConditions users{.uids = {{{1000, 1999}, {33, 33}}}};
  CHECK(users.admit(of(1000, 1000, 1000), 1) && users.admit(of(1999, 33, 1000), 1));
  CHECK(!users.admit(of(999, 1000, 1000), 1) && !users.admit(of(2000, 1000, 1000), 1));
  // A set-uid program that a user started.
  CHECK(!users.admit(of(1000, 0, 0), 1) && !users.admit(of(1000, 1000, 0), 1));
  const TargetConditions nobody{.uids = std::vector<UidRange>{}};
  CHECK(!nobody.admit(of(1000, 1000, 1000), 1));
}

void test_cgroups() {
  const auto in = [](std::string top, std::string path) {
    return TargetConditions{.cgroups = std::vector<std::string>{std::move(top)}}.admit(of(0, 0, 0, std::move(path)), 1);
  };
  CHECK(in("/a/b", "/a/b") && in("/a/b", "/a/b/c") && in("/", "/a"));
  CHECK(!in("/a/b", "/a/bc") && !in("/a/b", "/a") && !in("/a", "/b/a") && !in("/", ""));
  CHECK(!in("/a/b", "/a/b/../../c") && !in("/", "/../x") && !in("/a/b", "/a/b (deleted)"));
}

void test_accounts() {
  const auto alice = account("S-1-5-21-1-2-3-1001", "CORP\\alice"), nameless = account("S-1-5-21-1-2-3-1001", "");
  const TargetConditions by_name{.accounts = {{"corp\\ALICE"}}}, by_sid{.accounts = {{"s-1-5-21-1-2-3-1001"}}};
  CHECK(by_name.admit(alice, 1) && by_sid.admit(alice, 1) && by_sid.admit(nameless, 1));
  CHECK(!by_name.admit(account("S-1-5-18", "OTHER\\alice"), 1) && !by_sid.admit(account("S-1-5-18", "x"), 1));
  CHECK(!by_name.admit(nameless, 1) && !by_name.admit(account("", "alice"), 1));
  const TargetConditions but_name{.not_accounts = {{"CORP\\Alice"}}}, but_sid{.not_accounts = {{"S-1-5-18"}}};
  CHECK(!but_name.admit(alice, 1) && but_name.admit(account("S-1-5-18", "CORP\\bob"), 1));
  CHECK(but_sid.admit(alice, 1) && but_sid.admit(nameless, 1) && !but_sid.admit(account("S-1-5-18", "x\\y"), 1));
  // Its name may be any.
  CHECK(!but_name.admit(nameless, 1));
  // Where processes have user ids, they have no accounts; and the other way round.
  CHECK(!by_name.admit(of(0, 0, 0), 1) && !by_sid.admit(of(0, 0, 0), 1) && !but_name.admit(of(0, 0, 0), 1));
  CHECK(!but_sid.admit(of(0, 0, 0), 1));
  const TargetConditions anybody{.uids = {{{0, 4'294'967'294}}}}, nobody{.accounts = std::vector<std::string>{}};
  CHECK(!anybody.admit(alice, 1) && !nobody.admit(alice, 1) && TargetConditions{.max_targets = 1}.admit(alice, 1));
}

void test_alternatives() {
  Grant grant;
  CHECK(grant.admits(of(0, 0, 0), 1'000));
  grant.targets = {{.uids = {{{1000, 1000}}}, .max_targets = 1}, {.uids = {{{33, 33}}}, .max_targets = 100}};
  CHECK(grant.admits(of(1000, 1000, 1000), 1) && grant.admits(of(33, 33, 33), 100));
  // One entry must admit the whole call: the conditions of two do not add up.
  CHECK(!grant.admits(of(1000, 1000, 1000), 2) && !grant.admits(of(33, 33, 33), 101));
  grant.targets = {{.signals = {{15}}}};
  CHECK(grant.admits(of(0, 0, 0), 1, 15) && !grant.admits(of(0, 0, 0), 1, 9) && grant.admits(of(0, 0, 0), 1));
  grant.targets = std::vector<TargetConditions>{};
  CHECK(!grant.admits(of(0, 0, 0)));
}

void test_refusals() {
  Grant grant{.permission = "process.control.signal"};
  const auto said = grant.refusal(7);
  CHECK(said.reason == ErrorReason::kPermissionDenied && said.permission == "process.control.signal" && said.pid == 7);
  grant.sees_processes = false;
  const auto hidden = grant.refusal(7), gone = Status::no_such_process(7);
  CHECK(hidden.reason == gone.reason && text(hidden) == text(gone) && hidden.permission.empty());
}

void test_hidden() {
  const Grant grant{.hidden = {{{A::kEnviron}, "environ"}, {{A::kCmdline}, "cmdline"}}};
  CHECK(grant.hidden_attributes().has(A::kEnviron) && grant.hidden_attributes().has(A::kCmdline));
  CHECK(!grant.hidden_attributes().has(A::kName) && grant.check_shown({A::kName}, "any_of").ok());
  const auto refused = grant.check_shown({A::kName, A::kCmdline}, "any_of");
  CHECK(!refused && refused.status().permission == "cmdline" && grpc_code(refused.status().reason) == 7);
}

}  // namespace

int main() {
  test_uids();
  test_cgroups();
  test_accounts();
  test_alternatives();
  test_refusals();
  test_hidden();
}
