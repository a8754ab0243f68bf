// SPDX-License-Identifier: Apache-2.0
#include "linux/logind.h"

#include <algorithm>

#include "linux/directory.h"
#include "linux/rooted_file.h"
#include "linux/text_scan.h"
#include "linux/utmp.h"

namespace hostscope::linux_os {
namespace {

const std::string kSessions = "run/systemd/sessions";

bool is_letter_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Beside the sessions lie pipes (".ref") and files that are being written (".#").
bool is_session_id(std::string_view name) { return std::all_of(name.begin(), name.end(), is_letter_or_digit); }

std::optional<std::string> text_or_none(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(std::string(text));
}

}  // namespace

std::optional<model::User> parse_logind_session(std::string_view text) {
  model::User user;
  bool remote = false;
  std::string_view session_class, state, remote_host, display;
  std::optional<std::uint64_t> began_us;
  while (!text.empty()) {
    const auto line = take_line(text);
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    const auto key = line.substr(0, equals), value = line.substr(equals + 1);
    if (key == "USER") user.name = value;
    if (key == "TTY") user.terminal = text_or_none(value);
    if (key == "CLASS") session_class = value;
    if (key == "STATE") state = value;
    if (key == "REMOTE") remote = value == "1";
    if (key == "REMOTE_HOST") remote_host = value;
    if (key == "DISPLAY") display = value;
    if (key == "REALTIME") began_us = whole_number(value);
    if (key == "LEADER") {
      const auto pid = whole_number32(value);
      if (pid) user.pid = *pid;
    }
  }
  // "user", "user-early", "user-light" ...
  if (user.name.empty() || !session_class.starts_with("user") || state == "closing" || !began_us) return std::nullopt;
  user.started = static_cast<double>(*began_us / 1'000'000);  // whole seconds, as in utmp
  if (!user.terminal) user.terminal = text_or_none(display);
  user.host = remote ? text_or_none(remote_host) : std::string("localhost");
  return user;
}

std::vector<model::User> logind_sessions(const std::string& rootfs, FileReader& reader) {
  std::vector<model::User> users;
  const UniqueFd folder = open_in_root(rootfs, kSessions.c_str());
  for (const auto& id : directory_entries(folder.get(), ".").value_or(std::vector<std::string>())) {
    if (!is_session_id(id)) continue;
    const auto [text, error] = reader.read(open_in_root(rootfs, (kSessions + "/" + id).c_str()));
    if (error != 0) continue;
    if (auto user = parse_logind_session(text)) users.push_back(std::move(*user));
  }
  std::stable_sort(users.begin(), users.end(), [](const auto& a, const auto& b) { return a.started < b.started; });
  return users;
}

}  // namespace hostscope::linux_os
