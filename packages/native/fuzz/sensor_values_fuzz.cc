// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/sensor_values.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_signed) { parse_signed(text); }

FUZZ_TARGET(parse_celsius) {
  if (const auto celsius = parse_celsius(text)) CHECK(*celsius >= -273.15);
}

FUZZ_TARGET(parse_rpm) { parse_rpm(text); }
