// sources: linux/mount_table.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/mount_table.h"

#include "core/check.h"

using namespace hostscope::linux_os;

namespace {

void decodes_every_octal_escape() {
  CHECK(unescaped("/with\\040blank\\011tab\\012line\\134040\\043") == "/with blank\ttab\nline\\040#");
  CHECK(unescaped("\\377\\000") == std::string("\xff\0", 2));
  for (const char* kept : {"\\", "\\1", "\\04", "\\400", "\\08 ", "\\x41", "a\\"}) CHECK(unescaped(kept) == kept);
}

void reads_mounts() {
  const auto mounts = parse_mounts(
      "/dev/sda1 / ext4 rw,relatime 0 0\nserver:/a\\040b /mnt/c\\040d nfs4 rw,addr=::1 0 0\n"
      " /empty tmpfs rw 0 0\n#dev /hash ext4 ro 0 0\nnone /tail tmpfs rw");
  CHECK(mounts.size() == 5);
  CHECK(mounts[0].device == "/dev/sda1" && mounts[0].mountpoint == "/" && mounts[0].fstype == "ext4");
  CHECK(mounts[0].opts == "rw,relatime");
  CHECK(mounts[1].device == "server:/a b" && mounts[1].mountpoint == "/mnt/c d" && mounts[1].opts == "rw,addr=::1");
  CHECK(mounts[2].device.empty() && mounts[2].mountpoint == "/empty" && mounts[2].fstype == "tmpfs");
  CHECK(mounts[3].device == "#dev" && mounts[4].opts == "rw");
}

void survives_what_is_no_line() {
  for (const char* text : {"", "\n\n", "device", "device /mnt", "device /mnt ext4", "   ", "device  ext4 rw"}) {
    CHECK(parse_mounts(text).empty());
  }
}

void finds_the_device_on_top() {
  const char* const table =
      "21 1 0:20 / / rw - rootfs rootfs rw\n22 21 8:2 / / rw,relatime shared:1 - ext4 /dev/root rw\n"
      "23 22 8:3 / /a\\040b rw - ext4 /dev/sda3 rw\nshort\n";
  CHECK(device_number_at(table, "/") == "8:2" && device_number_at(table, "/a b") == "8:3");
  CHECK(!device_number_at(table, "/a") && !device_number_at("", "/"));
}

void knows_file_systems_on_devices() {
  const auto names = parse_device_file_systems("nodev\tsysfs\nnodev\tzfs\n\text4\n\tfuseblk\nnodev\tfuse\n\n\tvfat");
  CHECK(names == (std::set<std::string, std::less<>>{"ext4", "fuseblk", "vfat", "zfs"}));
  CHECK(parse_device_file_systems("nodev\n\n").empty());
}

}  // namespace

int main() {
  decodes_every_octal_escape();
  reads_mounts();
  survives_what_is_no_line();
  finds_the_device_on_top();
  knows_file_systems_on_devices();
}
