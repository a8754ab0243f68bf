// sources: linux/load_average.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/load_average.h"

#include "core/check.h"

using namespace hostscope::linux_os;

int main() {
  const auto load = parse_load_average("3.14 0.00 1234.56 2/345 6789\n");
  CHECK(load && load->load1 == 3.14 && load->load5 == 0 && load->load15 == 1234.56);
  CHECK(parse_load_average("1 2 3"));
  for (const char* text : {"", "\n1 2 3", "1 2", "1 2 x", "1 2 nan", "inf 2 3", "-1 2 3", "1,5 2 3", "1 2 3x"}) {
    CHECK(!parse_load_average(text));
  }
}
