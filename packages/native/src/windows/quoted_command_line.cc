// SPDX-License-Identifier: Apache-2.0
#include "windows/quoted_command_line.h"

#include <string_view>

namespace hostscope::windows_os {
namespace {

// Backslashes mean themselves unless a quote follows; then each is two, and the one that makes the quote a letter.
void append_quoted(std::string& line, std::string_view argument) {
  line.push_back('"');
  std::size_t backslashes = 0;
  for (const char each : argument) {
    if (each == '\\') {
      ++backslashes;
      continue;
    }
    line.append(each == '"' ? 2 * backslashes + 1 : backslashes, '\\');
    backslashes = 0;
    line.push_back(each);
  }
  line.append(2 * backslashes, '\\');
  line.push_back('"');
}

}  // namespace

std::string quoted_command_line(const std::vector<std::string>& arguments) {
  std::string line;
  for (const auto& argument : arguments) {
    if (!line.empty()) {
      line.push_back(' ');
      append_quoted(line, argument);
    } else {
      // Backslashes in it mean themselves, whatever follows.
      line = "\"" + argument + "\"";
    }
  }
  return line;
}

}  // namespace hostscope::windows_os
