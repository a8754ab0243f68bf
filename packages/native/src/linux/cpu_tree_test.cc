// sources: linux/cpu_tree.cc linux/proc_file.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/cpu_tree.h"

#include <fcntl.h>

#include "core/check.h"

using namespace hostscope::linux_os;

int main() {
  using List = std::vector<std::uint32_t>;
  CHECK(parse_cpu_list("0-3,8\n") == (List{0, 1, 2, 3, 8}));
  CHECK(parse_cpu_list("0 1 2\n") == (List{0, 1, 2}));
  CHECK(parse_cpu_list("7") == (List{7}));
  CHECK(parse_cpu_list("") == List{} && parse_cpu_list("\n") == List{});
  for (const char* text : {"x", "3-1", "-1", "1-", "1--2", "0-99999999", "4294967296", "1;2", "0-x"}) {
    CHECK(!parse_cpu_list(text));
  }

  // A machine without such a directory has nothing, and no error.
  CpuTree nothing(-1);
  CHECK(!nothing.text("cpu0/online") && !nothing.list("x") && nothing.is_online(0));
  CHECK(numbered_entries(-1, "cpu").empty() && !count_cores(nothing));
}
