// SPDX-License-Identifier: Apache-2.0
#include "linux/net_dev.h"

#include <optional>
#include <string>

#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

using model::NetCounter;

constexpr std::size_t kReportedColumns = 16;

// What psutil reports of each column, in the order of the file; the others are empty.
constexpr std::optional<NetCounter> kReported[kReportedColumns] = {
    NetCounter::kBytesRecv, NetCounter::kPacketsRecv, NetCounter::kErrIn,  NetCounter::kDropIn,  {}, {}, {}, {},
    NetCounter::kBytesSent, NetCounter::kPacketsSent, NetCounter::kErrOut, NetCounter::kDropOut, {}, {}, {}, {},
};

std::optional<model::NamedCounters> parse_nic(std::string_view line) {
  // A name may hold colons, as that of an alias, and no blank need follow the last.
  const auto colon = line.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  model::NamedCounters row{std::string(trimmed(line.substr(0, colon))), {}, true};
  if (row.name.empty()) return std::nullopt;
  line.remove_prefix(colon + 1);
  for (const auto reported : kReported) {
    const auto value = whole_number(take_word(line));
    if (!value) return std::nullopt;
    if (reported) row.counters[*reported] = value;
  }
  return row;
}

}  // namespace

std::vector<model::NamedCounters> parse_net_dev(std::string_view text) {
  std::vector<model::NamedCounters> rows;
  while (!text.empty()) {
    if (auto row = parse_nic(take_line(text))) rows.push_back(std::move(*row));
  }
  return rows;
}

}  // namespace hostscope::linux_os
