// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hostscope::linux_os {

// The name that /proc/partitions has for a device number such as "8:1".
std::optional<std::string> partition_name(std::string_view partitions, std::string_view number);

// The DEVNAME of a `uevent` file of sysfs.
std::optional<std::string> uevent_device_name(std::string_view uevent);

// The path of a block device, e.g. "/dev/sda1", by its number; empty if the roots have no such device.
std::optional<std::string> block_device_path(int proc, int sys, const std::string& dev_root, const std::string& number);

}  // namespace hostscope::linux_os
