// SPDX-License-Identifier: Apache-2.0
// The collector's methods about the host itself and who is logged in.
#include <sys/utsname.h>

#include <cerrno>
#include <string>

#include "linux/collector.h"
#include "linux/logind.h"
#include "linux/os_release.h"
#include "linux/rooted_file.h"
#include "linux/text_scan.h"
#include "linux/utmp.h"
#include "posix/signals.h"

namespace hostscope::linux_os {
namespace {

OsRelease read_os_release(const std::string& rootfs, FileReader& reader) {
  for (const char* path : {"etc/os-release", "usr/lib/os-release"}) {
    const UniqueFd file = open_in_root(rootfs, path);
    if (!file) continue;
    const auto [text, error] = reader.read(file);
    if (error == 0) return parse_os_release(text);
  }
  return {};
}

}  // namespace

Result<model::HostInfo> LinuxCollector::host_info() const {
  FileReader reader;
  const auto line = [&](const char* name) -> std::optional<std::string> {
    const auto text = read_proc(reader, name);
    const auto content = text ? trimmed(*text) : std::string_view();
    return content.empty() ? std::nullopt : std::optional(std::string(content));
  };
  model::HostInfo host;
  host.platform = gen::Platform::kLinux;
  host.hostname = line("sys/kernel/hostname").value_or("");
  host.kernel = line("sys/kernel/osrelease");
  host.boot_id = line("sys/kernel/random/boot_id");
  host.boot = context_->boot;
  auto release = read_os_release(roots_.rootfs, reader);
  host.os = release.pretty_name ? std::move(release.pretty_name) : std::move(release.name);
  host.os_version = std::move(release.version_id);
  utsname kernel{};
  if (::uname(&kernel) == 0) host.machine = kernel.machine;
  if (const auto seconds = boot_time()) host.boot_time = *seconds;
  host.constants.page_size = static_cast<std::uint32_t>(context_->page_size);
  host.constants.clock_ticks = static_cast<std::uint32_t>(context_->ticks_per_second);
  if (const auto pid_max = line("sys/kernel/pid_max")) host.constants.pid_max = whole_number(*pid_max);
  host.constants.signals = posix::signals();
  return host;
}

Result<std::vector<model::User>> LinuxCollector::users() const {
  FileReader reader;
  for (const char* path : {"run/utmp", "var/run/utmp"}) {
    const UniqueFd file = open_in_root(roots_.rootfs, path);
    if (!file && (errno == ENOENT || errno == ENOTDIR)) continue;
    if (!file) return Status::os("open utmp", errno);
    const auto [bytes, error] = reader.read(file);
    if (error != 0) return Status::os("read utmp", error);
    return parse_utmp(bytes);
  }
  return logind_sessions(roots_.rootfs, reader);
}

bool LinuxCollector::supports(gen::Method method) const {
  return !gen::kMethods[static_cast<std::size_t>(method)].name.starts_with("WinService.");
}

}  // namespace hostscope::linux_os
