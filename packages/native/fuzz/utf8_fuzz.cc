// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "wire/utf8.h"

using namespace hostscope::wire;

FUZZ_TARGET(make_well_formed) {
  const std::string clean = utf8::make_well_formed(text);
  CHECK(utf8::is_well_formed(clean));
  CHECK(!utf8::is_well_formed(text) || clean == text);
}
