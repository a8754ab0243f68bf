// SPDX-License-Identifier: Apache-2.0
#include "linux/load_average.h"

#include <charconv>

#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

std::optional<double> average(std::string_view word) {
  double value = 0;
  const char* const end = word.data() + word.size();
  // from_chars reads "inf" and "nan" too, which the kernel never writes.
  if (word.empty() || word.front() < '0' || word.front() > '9') return std::nullopt;
  const auto result = std::from_chars(word.data(), end, value, std::chars_format::fixed);
  return result.ec == std::errc() && result.ptr == end ? std::optional(value) : std::nullopt;
}

}  // namespace

std::optional<model::LoadAverage> parse_load_average(std::string_view text) {
  auto line = take_line(text);
  const auto load1 = average(take_word(line)), load5 = average(take_word(line)), load15 = average(take_word(line));
  if (!load1 || !load5 || !load15) return std::nullopt;
  return model::LoadAverage{*load1, *load5, *load15};
}

}  // namespace hostscope::linux_os
