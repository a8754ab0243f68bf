// SPDX-License-Identifier: Apache-2.0
#include "linux/sensor_values.h"

#include "core/check.h"

using namespace hostscope::linux_os;

namespace {

void reads_whole_numbers_of_either_sign() {
  CHECK(parse_signed("42\n") == 42);
  CHECK(parse_signed(" -42 \n") == -42);
  CHECK(parse_signed("0") == 0 && parse_signed("-0") == 0);
  CHECK(parse_signed("9223372036854775807") == 9223372036854775807);
  CHECK(parse_signed("-9223372036854775807") == -9223372036854775807);
}

void takes_nothing_else_for_a_number() {
  for (const char* text : {"", "\n", "-", "--1", "- 1", "+1", "1.5", "1e3", "0x10", "12 mW", "N/A",
                           "9223372036854775808", "-9223372036854775808", "99999999999999999999"}) {
    CHECK(!parse_signed(text));
  }
}

void reads_thousandths_of_a_degree() {
  CHECK(parse_celsius("45000\n") == 45.0);
  CHECK(parse_celsius("-5500\n") == -5.5);
  CHECK(parse_celsius("-273150") == -273.15);
  CHECK(!parse_celsius("-274000"));
  CHECK(!parse_celsius("hot"));
}

void reads_speeds_of_fans() {
  CHECK(parse_rpm("1200\n") == 1200u);
  CHECK(parse_rpm("0\n") == 0u);
  CHECK(!parse_rpm("-1\n") && !parse_rpm("") && !parse_rpm("4294967296"));
}

}  // namespace

int main() {
  reads_whole_numbers_of_either_sign();
  takes_nothing_else_for_a_number();
  reads_thousandths_of_a_degree();
  reads_speeds_of_fans();
}
