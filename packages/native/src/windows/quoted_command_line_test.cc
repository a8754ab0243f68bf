// sources: windows/quoted_command_line.cc windows/command_line.cc windows/utf16.cc
// SPDX-License-Identifier: Apache-2.0
#include "windows/quoted_command_line.h"

#include "core/check.h"
#include "windows/command_line.h"
#include "windows/utf16.h"

using namespace hostscope::windows_os;
using Arguments = std::vector<std::string>;

namespace {

bool comes_back(const Arguments& arguments) {
  return parse_command_line(to_utf16(quoted_command_line(arguments))) == arguments;
}

}  // namespace

int main() {
  CHECK(quoted_command_line({"C:\\Program Files\\node.exe", "a b"}) == "\"C:\\Program Files\\node.exe\" \"a b\"");
  CHECK(comes_back({"C:\\Program Files\\node.exe", "C:\\a folder\\", "service", "run"}));
  CHECK(comes_back({"p", "", "\"", "\\", "\\\\", "\\\"", "\\\\\"", "a\\\\b", "\"\"", " ", "\t", "a\" b", "end\\\" "}));
  CHECK(comes_back({"p", "--protect=\"quoted name\"", "%PATH%", "^&|<>", "\xC3\xA4\xF0\x9F\x90\xA2"}));
  // Every text of four of the letters that matter.
  const char letters[] = {'\\', '"', ' ', 'x'};
  for (int number = 0; number < 256; ++number) {
    std::string text;
    for (int place = 0, rest = number; place < 4; ++place, rest /= 4) text.push_back(letters[rest % 4]);
    CHECK(comes_back({"p", text, "last"}));
  }
}
