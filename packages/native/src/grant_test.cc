// sources: grant.cc core/status.cc core/errno_name.cc
// SPDX-License-Identifier: Apache-2.0
#include "grant.h"

#include "core/check.h"

using namespace hostscope;

namespace {

using A = model::ProcessAttribute;

TargetFacts of(std::uint32_t real, std::uint32_t effective, std::uint32_t saved, std::string cgroup = "/user") {
  return {.uids = {real, effective, saved}, .cgroup = std::move(cgroup)};
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
  test_alternatives();
  test_refusals();
  test_hidden();
}
