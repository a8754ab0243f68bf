// SPDX-License-Identifier: Apache-2.0
#include "linux/block_device_name.h"

#include <sys/stat.h>

#include "linux/proc_file.h"
#include "linux/text_scan.h"

namespace hostscope::linux_os {

std::optional<std::string> partition_name(std::string_view partitions, std::string_view number) {
  while (!partitions.empty()) {
    auto line = take_line(partitions);
    const auto major = take_word(line), minor = take_word(line);
    take_word(line);  // size
    const auto name = take_word(line);
    if (!name.empty() && std::string(major).append(":").append(minor) == number) return std::string(name);
  }
  return std::nullopt;
}

std::optional<std::string> uevent_device_name(std::string_view uevent) {
  constexpr std::string_view kKey = "DEVNAME=";
  while (!uevent.empty()) {
    const auto line = take_line(uevent);
    if (line.starts_with(kKey) && line.size() > kKey.size()) return std::string(line.substr(kKey.size()));
  }
  return std::nullopt;
}

std::optional<std::string> block_device_path(int proc, int sys, const std::string& dev_root,
                                             const std::string& number) {
  FileReader reader;
  std::optional<std::string> name;
  if (const auto file = reader.read(proc, "partitions"); file.error == 0) name = partition_name(file.text, number);
  if (!name) {
    const auto file = reader.read(sys, ("dev/block/" + number + "/uevent").c_str());
    if (file.error == 0) name = uevent_device_name(file.text);
  }
  struct stat found {};
  if (!name || ::lstat((dev_root + "/" + *name).c_str(), &found) != 0) return std::nullopt;
  return "/dev/" + *name;
}

}  // namespace hostscope::linux_os
