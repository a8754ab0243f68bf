// SPDX-License-Identifier: Apache-2.0
#include "linux/utmp.h"

#include <utmp.h>

#include <cstdint>
#include <cstring>
#include <type_traits>

namespace hostscope::linux_os {
namespace {

using Record = struct utmp;

// A field that fills its room has no zero at its end.
template <std::size_t kSize>
std::string_view field(const char (&room)[kSize]) {
  return {room, ::strnlen(room, kSize)};
}

// 32 bits are without a sign, as the C library reads them too: they last until 2106.
template <class Seconds>
double seconds(Seconds value) {
  return static_cast<double>(static_cast<std::make_unsigned_t<Seconds>>(value));
}

}  // namespace

std::string session_host(std::string_view host) {
  return host.empty() || host == ":0" || host == ":0.0" ? "localhost" : std::string(host);
}

std::vector<model::User> parse_utmp(std::string_view bytes) {
  std::vector<model::User> users;
  for (; bytes.size() >= sizeof(Record); bytes.remove_prefix(sizeof(Record))) {
    Record record;
    std::memcpy(&record, bytes.data(), sizeof record);
    if (record.ut_type != USER_PROCESS) continue;
    const auto line = field(record.ut_line);
    users.push_back({.name = std::string(field(record.ut_user)),
                     .terminal = line.empty() ? std::nullopt : std::optional(std::string(line)),
                     .host = session_host(field(record.ut_host)),
                     .started = seconds(record.ut_tv.tv_sec),
                     .pid = record.ut_pid});
  }
  return users;
}

}  // namespace hostscope::linux_os
