// SPDX-License-Identifier: Apache-2.0
#include "linux/pressure.h"

#include <cerrno>
#include <charconv>
#include <string>

#include "linux/proc_file.h"
#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

// The value of a word such as "avg10=0.25".
std::optional<double> take_value(std::string_view& line, std::string_view key) {
  auto word = take_word(line);
  if (!word.starts_with(key)) return std::nullopt;
  word.remove_prefix(key.size());
  // from_chars reads signs, "inf" and "nan" too, which the kernel never writes.
  if (word.empty() || word.front() < '0' || word.front() > '9') return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, std::chars_format::fixed);
  return error == std::errc() && end == word.data() + word.size() ? std::optional(value) : std::nullopt;
}

std::optional<model::PressureTime> parse_times(std::string_view line) {
  const auto avg10 = take_value(line, "avg10="), avg60 = take_value(line, "avg60=");
  const auto avg300 = take_value(line, "avg300="), microseconds = take_value(line, "total=");
  if (!avg10 || !avg60 || !avg300 || !microseconds) return std::nullopt;
  return model::PressureTime{*avg10, *avg60, *avg300, *microseconds / 1e6};
}

// Without the kernel's support there is no file; switched off at boot or for the group, there is one that cannot be
// read.
bool is_not_counted(int error) { return error == ENOENT || error == ENOTDIR || error == EOPNOTSUPP; }

}  // namespace

std::optional<model::ResourcePressure> parse_pressure(std::string_view text) {
  model::ResourcePressure out;
  while (!text.empty()) {
    auto line = take_line(text);
    const auto kind = take_word(line);
    if (kind == "some") out.some = parse_times(line);
    if (kind == "full") out.full = parse_times(line);
  }
  return out.some || out.full ? std::optional(out) : std::nullopt;
}

Result<model::Pressure> read_pressure(int directory, std::string_view suffix) {
  model::Pressure out;
  FileReader reader;
  const auto read = [&](const char* resource, std::optional<model::ResourcePressure>& to) {
    const auto [text, error] = reader.read(directory, (std::string(resource) + std::string(suffix)).c_str());
    if (error == 0) to = parse_pressure(text);
    return is_not_counted(error) ? 0 : error;
  };
  int error = read("cpu", out.cpu);
  if (error == 0) error = read("memory", out.memory);
  if (error == 0) error = read("io", out.io);
  if (error == 0) error = read("irq", out.irq);
  if (error != 0) return Status::os("read pressure", error);
  return out;
}

}  // namespace hostscope::linux_os
