// sources: linux/pid_namespace.cc linux/proc_file.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/pid_namespace.h"

#include <fcntl.h>

#include "core/check.h"
#include "core/unique_fd.h"

using namespace hostscope;
using namespace hostscope::linux_os;

namespace {

void counts_ids() {
  CHECK(count_nested_pids("Name:\tnode\nTgid:\t7\nNSpid:\t7\nNSsid:\t7\t1\n") == 1);
  CHECK(count_nested_pids("Name:\tnode\nNStgid:\t1\nNSpid:\t4711\t23\t1\n") == 3);
  CHECK(count_nested_pids("Name:\tnode\nNSpid:\t1") == 1);
}

void knows_the_first() {
  CHECK(is_first_of_namespace("Name:\tnode\nNSpid:\t4711\t23\t1\n"));
  CHECK(!is_first_of_namespace("Name:\tinit\nNSpid:\t1\n"));  // of the procfs's own
  CHECK(!is_first_of_namespace("Name:\tnode\nNSpid:\t4711\t11\n") && !is_first_of_namespace(""));
}

void survives_anything() {
  CHECK(count_nested_pids("") == 0 && count_nested_pids("Name:\tnode\nTgid:\t7\n") == 0);
  CHECK(count_nested_pids("NSpid:\t1\t2\n") == 0);  // a process that is called so
  CHECK(count_nested_pids("\n NSpid:\t1\nXNSpid:\t1\nNSpid:") == 0);
}

void knows_its_own() {
  CHECK(is_own_pid_namespace(UniqueFd(::open("/proc", O_PATH | O_DIRECTORY)).get()));
  CHECK(!is_own_pid_namespace(UniqueFd(::open("/", O_PATH | O_DIRECTORY)).get()));
  CHECK(!is_own_pid_namespace(-1));
}

}  // namespace

int main() {
  counts_ids();
  knows_the_first();
  survives_anything();
  knows_its_own();
}
