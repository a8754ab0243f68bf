// sources: linux/net_dev.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/net_dev.h"

#include "core/check.h"

using namespace hostscope::linux_os;
using hostscope::model::NetCounter;

namespace {

constexpr std::string_view kHeader =
    "Inter-|   Receive                                                |  Transmit\n"
    " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier "
    "compressed\n";

void reads_columns() {
  const auto rows = parse_net_dev(std::string(kHeader) + "  eth0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n");
  CHECK(rows.size() == 1 && rows[0].name == "eth0" && rows[0].in_total);
  const auto& counters = rows[0].counters;
  CHECK(counters[NetCounter::kBytesRecv] == 1u && counters[NetCounter::kPacketsRecv] == 2u);
  CHECK(counters[NetCounter::kErrIn] == 3u && counters[NetCounter::kDropIn] == 4u);
  CHECK(counters[NetCounter::kBytesSent] == 9u && counters[NetCounter::kPacketsSent] == 10u);
  CHECK(counters[NetCounter::kErrOut] == 11u && counters[NetCounter::kDropOut] == 12u);
}

void reads_odd_names() {
  const std::string numbers = "18446744073709551615 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n";
  const auto rows = parse_net_dev("eth0:1:" + numbers + " a|b: " + numbers + "\xff\xfe:" + numbers + "x:" + numbers);
  CHECK(rows.size() == 4 && rows[0].name == "eth0:1" && rows[1].name == "a|b" && rows[2].name == "\xff\xfe");
  CHECK(rows[0].counters[NetCounter::kBytesRecv] == ~std::uint64_t{0});
}

void survives_what_is_no_line() {
  for (const char* text : {"", "eth0", "eth0:", ":1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", "eth0: 1 2 3\n",
                           "eth0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\n", "eth0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 x",
                           "eth0: -1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16"}) {
    CHECK(parse_net_dev(text).empty());
  }
  CHECK(parse_net_dev(kHeader).empty());
}

}  // namespace

int main() {
  reads_columns();
  reads_odd_names();
  survives_what_is_no_line();
}
