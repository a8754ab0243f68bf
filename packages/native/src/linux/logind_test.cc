// sources: linux/logind.cc linux/utmp.cc linux/directory.cc linux/rooted_file.cc linux/proc_file.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/logind.h"

#include "core/check.h"

using namespace hostscope;
using namespace hostscope::linux_os;

namespace {

const std::string kSsh =
    "# This is private data. Do not parse.\nUID=1000\nUSER=alice\nACTIVE=1\nIS_DISPLAY=0\nSTATE=active\nREMOTE=1\n"
    "TYPE=tty\nCLASS=user\nSCOPE=session-3.scope\nREMOTE_HOST=10.0.0.1\nSERVICE=sshd\nTTY=pts/0\nLEADER=4711\n"
    "REALTIME=1700000000999999\nMONOTONIC=123\n";

std::string with(const std::string& line) { return kSsh + line + "\n"; }  // the last of two lines counts

void reads_a_session() {
  const auto user = parse_logind_session(kSsh);
  CHECK(user && user->name == "alice" && user->terminal == "pts/0" && user->host == "10.0.0.1");
  CHECK(user->started == 1700000000.0 && user->pid == 4711);
}

void knows_local_sessions() {
  CHECK(parse_logind_session(with("REMOTE=0"))->host == "localhost");
  CHECK(!parse_logind_session(with("REMOTE_HOST="))->host);
  const auto graphical = parse_logind_session(with("TTY=\nDISPLAY=:0\nREMOTE=0"));
  CHECK(graphical->terminal == ":0");
  CHECK(!parse_logind_session(with("TTY="))->terminal);
}

void leaves_out_what_is_no_session_of_a_user() {
  CHECK(parse_logind_session(with("CLASS=user-early")));
  for (const char* line :
       {"CLASS=greeter", "CLASS=manager", "CLASS=background", "CLASS=", "STATE=closing", "USER=", "REALTIME=soon"}) {
    CHECK(!parse_logind_session(with(line)));
  }
  CHECK(!parse_logind_session("") && !parse_logind_session("CLASS=user"));
}

void has_no_pid_without_a_leader() { CHECK(!parse_logind_session("USER=a\nCLASS=user\nREALTIME=1\nLEADER=x\n")->pid); }

}  // namespace

int main() {
  reads_a_session();
  knows_local_sessions();
  leaves_out_what_is_no_session_of_a_user();
  has_no_pid_without_a_leader();
}
