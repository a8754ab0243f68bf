// sources: linux/process_files.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/process_files.h"

using namespace hostscope::linux_os;

FUZZ_TARGET(parse_cmdline) {
  std::vector<std::string> arguments{"of another process"};
  parse_cmdline(text, arguments);
  CHECK(arguments.empty() == text.empty());
}

FUZZ_TARGET(parse_process_io) { parse_process_io(text); }

FUZZ_TARGET(parse_statm) { parse_statm(text, 4096); }

FUZZ_TARGET(parse_environ) {
  std::vector<std::pair<std::string, std::string>> variables;
  parse_environ(text, variables);
  for (const auto& [name, value] : variables) CHECK(!name.empty());
}
