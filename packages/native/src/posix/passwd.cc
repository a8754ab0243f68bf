// SPDX-License-Identifier: Apache-2.0
#include "posix/passwd.h"

#include <charconv>

namespace hostscope::posix {
namespace {

std::string_view take_until(std::string_view& rest, char end) {
  const auto at = rest.find(end);
  const std::string_view part = rest.substr(0, at);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
  return part;
}

bool is_number(std::string_view text, uid_t number) {
  uid_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value == number;
}

}  // namespace

std::optional<std::string_view> name_in_passwd(std::string_view text, uid_t uid) {
  while (!text.empty()) {
    auto line = take_until(text, '\n');
    const auto name = take_until(line, ':');
    take_until(line, ':');  // the password
    // "+" and "-" stand for another directory, not for a user.
    if (name.empty() || name[0] == '#' || name[0] == '+' || name[0] == '-') continue;
    if (is_number(take_until(line, ':'), uid)) return name;
  }
  return std::nullopt;
}

}  // namespace hostscope::posix
