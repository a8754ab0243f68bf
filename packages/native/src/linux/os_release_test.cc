// sources: linux/os_release.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/os_release.h"

#include "core/check.h"

using namespace hostscope::linux_os;

namespace {

std::optional<std::string> name(const std::string& value) { return parse_os_release("NAME=" + value + "\n").name; }

void reads_the_three_keys() {
  const auto release = parse_os_release(
      "# comment\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME='Debian GNU/Linux'\nVERSION_ID=12\n"
      "VERSION=\"12 (bookworm)\"\nID_LIKE=x\n\nno assignment\n");
  CHECK(release.pretty_name == "Debian GNU/Linux 12 (bookworm)");
  CHECK(release.name == "Debian GNU/Linux" && release.version_id == "12");
}

void reads_values_as_a_shell_does() {
  CHECK(name("plain") == "plain");
  CHECK(name("\"a \\\"b\\\" \\$c \\`d\\` \\\\e \\f\"") == "a \"b\" $c `d` \\e \\f");
  CHECK(name("'a \\n \"b\"'") == "a \\n \"b\"");
  CHECK(name("a\\ b") == "a b");
  CHECK(name("\"a\"'b'c") == "abc");
  CHECK(name("plain  ") == "plain");
  CHECK(name("\"a\" # comment") == "a");
}

void takes_no_value_that_is_broken() {
  for (const char* value : {"\"open", "'open", "\"open\\\"", "two words", "", "\"\"", "''"}) CHECK(!name(value));
  CHECK(!parse_os_release("").name && !parse_os_release("=\n#NAME=x\nXNAME=y").name);
}

void takes_the_last_of_two() { CHECK(parse_os_release("NAME=a\nNAME=b").name == "b"); }

}  // namespace

int main() {
  reads_the_three_keys();
  reads_values_as_a_shell_does();
  takes_no_value_that_is_broken();
  takes_the_last_of_two();
}
