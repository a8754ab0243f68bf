// sources: linux/utmp.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/utmp.h"

#include <utmp.h>

#include <cstring>

#include "core/check.h"

using namespace hostscope;
using namespace hostscope::linux_os;

namespace {

using Record = struct utmp;

// Fills the room to its last byte if the text is as long: then no zero ends it.
template <std::size_t kSize>
void fill(char (&room)[kSize], std::string_view text) {
  std::memcpy(room, text.data(), std::min(text.size(), kSize));
}

std::string record(short type, std::string_view user, std::string_view line, std::string_view host,
                   std::uint32_t seconds = 1700000000) {
  Record out{};
  out.ut_type = type;
  out.ut_pid = 4711;
  out.ut_tv.tv_sec = static_cast<decltype(out.ut_tv.tv_sec)>(seconds);
  out.ut_tv.tv_usec = 999999;
  fill(out.ut_user, user);
  fill(out.ut_line, line);
  fill(out.ut_host, host);
  return {reinterpret_cast<const char*>(&out), sizeof out};
}

void reads_sessions_of_users_only() {
  std::string file = record(BOOT_TIME, "reboot", "~", "6.1.0");
  file += record(RUN_LVL, "runlevel", "~", "6.1.0") + record(LOGIN_PROCESS, "LOGIN", "tty1", "");
  file += record(USER_PROCESS, "alice", "pts/0", "10.0.0.1") + record(DEAD_PROCESS, "", "pts/1", "");
  const auto users = parse_utmp(file);
  CHECK(users.size() == 1);
  CHECK(users[0].name == "alice" && users[0].terminal == "pts/0" && users[0].host == "10.0.0.1");
  CHECK(users[0].started == 1700000000.0 && users[0].pid == 4711);
}

void calls_local_sessions_local() {
  for (const char* host : {"", ":0", ":0.0"}) {
    CHECK(parse_utmp(record(USER_PROCESS, "bob", "tty1", host))[0].host == "localhost");
  }
  for (const char* host : {":1", "0.0.0.0", "fe80::1%eth0", "localhost.example.org"}) {
    CHECK(parse_utmp(record(USER_PROCESS, "bob", "tty1", host))[0].host == host);
  }
}

void ends_fields_that_fill_their_room() {
  const std::string user(UT_NAMESIZE, 'u'), line(UT_LINESIZE, 'l'), host(UT_HOSTSIZE, 'h');
  const auto users = parse_utmp(record(USER_PROCESS, user, line, host));
  CHECK(users[0].name == user && users[0].terminal == line && users[0].host == host);
}

void has_no_terminal_without_a_line() {
  CHECK(!parse_utmp(record(USER_PROCESS, "eve", "", "example.org"))[0].terminal);
}

void counts_seconds_beyond_2038() {
  CHECK(parse_utmp(record(USER_PROCESS, "eve", "", "", 4000000000u))[0].started == 4000000000.0);
}

void leaves_out_a_record_that_is_cut() {
  const auto whole = record(USER_PROCESS, "alice", "pts/0", "");
  CHECK(parse_utmp(whole + whole.substr(1)).size() == 1);
  CHECK(parse_utmp("").empty() && parse_utmp("utmp").empty());
}

}  // namespace

int main() {
  reads_sessions_of_users_only();
  calls_local_sessions_local();
  ends_fields_that_fill_their_room();
  has_no_terminal_without_a_line();
  counts_seconds_beyond_2038();
  leaves_out_a_record_that_is_cut();
}
