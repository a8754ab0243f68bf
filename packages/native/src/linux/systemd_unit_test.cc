// sources: linux/systemd_unit.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/systemd_unit.h"

#include "core/check.h"

using hostscope::linux_os::systemd_place;

namespace {

struct Case {
  std::string_view path;
  std::optional<std::string> unit, slice;
};

const Case kCases[] = {
    {"/system.slice/ssh.service", "ssh.service", "system.slice"},
    {"/user.slice/user-1000.slice/session-3.scope", "session-3.scope", "user-1000.slice"},
    {"/user.slice/user-1000.slice/user@1000.service/app.slice/app-gnome-x\\x2dy-12.scope", "app-gnome-x\\x2dy-12.scope",
     "app.slice"},
    {"/system.slice/system-getty.slice/getty@tty1.service", "getty@tty1.service", "system-getty.slice"},
    {"/system.slice/ssh.service/inner/group", "ssh.service", "system.slice"},
    {"/init.scope", "init.scope", {}},
    {"/../../system.slice/ssh.service", "ssh.service", "system.slice"},
    {"/system.slice/_cpu.service", "cpu.service", "system.slice"},
    {"/system.slice/__x.service", "_x.service", "system.slice"},
    {"/system.slice/dbus.socket", "dbus.socket", "system.slice"},
    {"/", {}, {}},
    {"", {}, {}},
    {"/docker/0123", {}, {}},
    {"/.service/.slice", {}, {}},
    {"/a b.service/service/x.servicex/é.slice/@x.service", {}, {}},
    {"ssh.service", "ssh.service", {}},
};

}  // namespace

int main() {
  for (const auto& each : kCases) {
    const auto place = systemd_place(each.path);
    CHECK(place.unit == each.unit && place.slice == each.slice);
  }
  CHECK(!systemd_place("/" + std::string(300, 'x') + ".service").unit);
}
