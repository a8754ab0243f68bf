// SPDX-License-Identifier: Apache-2.0
// libFuzzer's two entry points. HOSTSCOPE_FUZZ_TARGET names the target of this run.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "fuzz_target.h"

using hostscope::fuzz::Target;

namespace {

const Target* chosen = nullptr;

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  const char* name = std::getenv("HOSTSCOPE_FUZZ_TARGET");
  for (const Target* target = hostscope::fuzz::first_target; target != nullptr; target = target->next) {
    if (name != nullptr && std::string(name) == target->name) chosen = target;
  }
  if (chosen == nullptr) {
    std::fprintf(stderr, "HOSTSCOPE_FUZZ_TARGET names no target\n");
    std::exit(2);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  chosen->run({reinterpret_cast<const char*>(data), size});
  return 0;
}
