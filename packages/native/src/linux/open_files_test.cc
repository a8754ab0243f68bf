// sources: linux/open_files.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/open_files.h"

#include <fcntl.h>

#include "core/check.h"

using namespace hostscope::linux_os;

namespace {

void flags_are_octal() {
  const auto info = parse_fdinfo("pos:\t1048576\nflags:\t0102002\nmnt_id:\t29\nino:\t1\n");
  CHECK(info.position == 1048576u && info.flags == 0102002u);
}

void what_is_odd_is_absent() {
  for (const char* text :
       {"", "\n", "pos\nflags\n", "pos:\nflags:\n", "pos:\t-1\nflags:\t08\n", "pos:\tx\nflags:\t0x1\n",
        "xpos:\t1\n flags:\t1\n", "pos:\t18446744073709551616\nflags:\t77777777777777\n"}) {
    const auto info = parse_fdinfo(text);
    CHECK(!info.position && !info.flags);
  }
  const auto unordered = parse_fdinfo("flags:\t02\npos:\t5\n");
  CHECK(unordered.flags == 2u && !unordered.position);
  CHECK(parse_fdinfo("pos:\t7").position == 7u);
}

void modes_are_pythons() {
  CHECK(open_mode(O_RDONLY) == "r" && open_mode(O_RDONLY | O_APPEND) == "r");
  CHECK(open_mode(O_WRONLY | O_CLOEXEC) == "w" && open_mode(O_WRONLY | O_APPEND) == "a");
  CHECK(open_mode(O_RDWR | O_NONBLOCK) == "r+" && open_mode(O_RDWR | O_APPEND) == "a+");
  CHECK(!open_mode(O_ACCMODE));
}

}  // namespace

int main() {
  flags_are_octal();
  what_is_odd_is_absent();
  modes_are_pythons();
}
