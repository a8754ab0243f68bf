// SPDX-License-Identifier: Apache-2.0
#include "posix/signals.h"

#include <signal.h>

#include <algorithm>
#include <string>

namespace hostscope::posix {
namespace {

// Those in the middle are counted from the nearer end.
void add_real_time_signals([[maybe_unused]] std::vector<model::SignalNumber>& signals) {
#ifdef SIGRTMIN
  const int first = SIGRTMIN, last = SIGRTMAX;
  for (int number = first; number <= last; ++number) {
    const int above = number - first, below = last - number;
    std::string name = above <= below ? "SIGRTMIN" : "SIGRTMAX";
    if (above > 0 && below > 0) name += above <= below ? "+" + std::to_string(above) : "-" + std::to_string(below);
    signals.push_back({std::move(name), number});
  }
#endif
}

}  // namespace

std::vector<model::SignalNumber> signals() {
  std::vector<model::SignalNumber> signals{
      {"SIGHUP", SIGHUP},   {"SIGINT", SIGINT},   {"SIGQUIT", SIGQUIT},     {"SIGILL", SIGILL},    {"SIGTRAP", SIGTRAP},
      {"SIGABRT", SIGABRT}, {"SIGBUS", SIGBUS},   {"SIGFPE", SIGFPE},       {"SIGKILL", SIGKILL},  {"SIGUSR1", SIGUSR1},
      {"SIGSEGV", SIGSEGV}, {"SIGUSR2", SIGUSR2}, {"SIGPIPE", SIGPIPE},     {"SIGALRM", SIGALRM},  {"SIGTERM", SIGTERM},
      {"SIGCHLD", SIGCHLD}, {"SIGCONT", SIGCONT}, {"SIGSTOP", SIGSTOP},     {"SIGTSTP", SIGTSTP},  {"SIGTTIN", SIGTTIN},
      {"SIGTTOU", SIGTTOU}, {"SIGURG", SIGURG},   {"SIGXCPU", SIGXCPU},     {"SIGXFSZ", SIGXFSZ},  {"SIGIO", SIGIO},
      {"SIGPROF", SIGPROF}, {"SIGSYS", SIGSYS},   {"SIGVTALRM", SIGVTALRM}, {"SIGWINCH", SIGWINCH}};
#ifdef SIGSTKFLT
  signals.push_back({"SIGSTKFLT", SIGSTKFLT});
#endif
#ifdef SIGPWR
  signals.push_back({"SIGPWR", SIGPWR});
#endif
#ifdef SIGEMT
  signals.push_back({"SIGEMT", SIGEMT});
#endif
#ifdef SIGINFO
  signals.push_back({"SIGINFO", SIGINFO});
#endif
  add_real_time_signals(signals);
  std::sort(signals.begin(), signals.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  return signals;
}

}  // namespace hostscope::posix
