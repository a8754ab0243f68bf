// sources: windows/command_line.cc windows/utf16.cc
// SPDX-License-Identifier: Apache-2.0
#include "windows/command_line.h"

#include "core/check.h"

using namespace hostscope::windows_os;
using Arguments = std::vector<std::string>;

int main() {
  CHECK(parse_command_line(u"").empty());
  CHECK((parse_command_line(u"a.exe") == Arguments{"a.exe"}));
  CHECK(
      (parse_command_line(u"\"C:\\Program Files\\a.exe\" b  c\t") == Arguments{"C:\\Program Files\\a.exe", "b", "c"}));
  // A path ends in a backslash, and its quote is a quote all the same.
  CHECK((parse_command_line(u"\"C:\\a\\\" b") == Arguments{"C:\\a\\", "b"}));
  // The table of the C library's documentation.
  CHECK((parse_command_line(u"p \"abc\" d e") == Arguments{"p", "abc", "d", "e"}));
  CHECK((parse_command_line(u"p a\\\\b d\"e f\"g h") == Arguments{"p", "a\\\\b", "de fg", "h"}));
  CHECK((parse_command_line(u"p a\\\\\\\"b c d") == Arguments{"p", "a\\\"b", "c", "d"}));
  CHECK((parse_command_line(u"p a\\\\\\\\\"b c\" d e") == Arguments{"p", "a\\\\b c", "d", "e"}));
  CHECK((parse_command_line(u"p a\"b\"\" c d") == Arguments{"p", "ab\" c d"}));
  CHECK((parse_command_line(u"p \"\" x") == Arguments{"p", "", "x"}));
  CHECK((parse_command_line(u"p \"open end") == Arguments{"p", "open end"}));
  CHECK((parse_command_line(u"p \\ \\\\") == Arguments{"p", "\\", "\\\\"}));
  CHECK((parse_command_line(u" a") == Arguments{"", "a"}));

  using Variables = std::vector<std::pair<std::string, std::string>>;
  using namespace std::string_view_literals;
  CHECK(parse_environment_block(u"").empty());
  CHECK(parse_environment_block(u"\0A=1\0"sv).empty());
  CHECK((parse_environment_block(u"=C:=C:\\\0Path=a;b=c\0x\0E=\0\0later=1\0"sv) ==
         Variables{{"PATH", "a;b=c"}, {"E", ""}}));
  // The end is missing: the last one may be cut.
  CHECK((parse_environment_block(u"A=1\0B=2"sv) == Variables{{"A", "1"}}));

  CHECK(without_last_backslash(u"C:\\") == u"C:\\" && without_last_backslash(u"C:\\a\\") == u"C:\\a");
  CHECK(without_last_backslash(u"\\") == u"\\" && without_last_backslash(u"") == u"");
  return 0;
}
