// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/host.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_HOST_H_
#define HOSTSCOPE_GEN_HOST_H_

#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "gen/common.gen.h"
#include "gen/process_info.gen.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

// Operating system family, psutil's LINUX, WINDOWS, MACOS ... constants.
enum class Platform : int32_t {
  // Unknown to this client.
  kUnspecified = 0,
  // Linux.
  kLinux = 1,
  // Windows.
  kWindows = 2,
  // macOS.
  kMacos = 3,
  // FreeBSD.
  kFreebsd = 4,
  // NetBSD.
  kNetbsd = 5,
  // OpenBSD.
  kOpenbsd = 6,
  // Solaris and its kin.
  kSunos = 7,
  // AIX.
  kAix = 8,
};

// Whether this version of the schema has the value.
constexpr bool is_known(Platform value) {
  switch (value) {
    case Platform::kUnspecified:
    case Platform::kLinux:
    case Platform::kWindows:
    case Platform::kMacos:
    case Platform::kFreebsd:
    case Platform::kNetbsd:
    case Platform::kOpenbsd:
    case Platform::kSunos:
    case Platform::kAix:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(Platform value) {
  switch (value) {
    case Platform::kUnspecified:
      return "unspecified";
    case Platform::kLinux:
      return "linux";
    case Platform::kWindows:
      return "windows";
    case Platform::kMacos:
      return "macos";
    case Platform::kFreebsd:
      return "freebsd";
    case Platform::kNetbsd:
      return "netbsd";
    case Platform::kOpenbsd:
      return "openbsd";
    case Platform::kSunos:
      return "sunos";
    case Platform::kAix:
      return "aix";
  }
  return "unspecified";
}

class BootTimeRequestWriter;
class BootTimeResponseWriter;
class UserWriter;
class UsersRequestWriter;
class UsersResponseWriter;
class SignalNumberWriter;
class PlatformConstantsWriter;
class HostInfoWriter;
class HostInfoRequestWriter;
class HostInfoResponseWriter;

// Request of System.BootTime.
class BootTimeRequestWriter {
 public:
  explicit BootTimeRequestWriter(wire::Writer&) {}
};

// Response of System.BootTime.
class BootTimeResponseWriter {
 public:
  explicit BootTimeResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the host booted, seconds since the epoch; moves when the wall clock is set. Linux: btime of /proc/stat.
  void boot_time(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<1>(value);
  }

 private:
  wire::Writer& writer_;
};

// One login session.
class UserWriter {
 public:
  explicit UserWriter(wire::Writer& writer) : writer_(writer) {}

  // Name of the user.
  void name(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // Terminal, e.g. "pts/2"; absent without one and on Windows.
  void terminal(std::string_view value) { writer_.put_string<2>(value); }

  // Where the user comes from; "localhost" for a local session. Absent where unknown.
  void host(std::string_view value) { writer_.put_string<3>(value); }

  // Begin of the session, seconds since the epoch, whole ones as a rule.
  void started(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<4>(value);
  }

  // Pid of the login process. Absent on Windows and OpenBSD.
  void pid(int64_t value) { writer_.put_int64<5>(value); }

 private:
  wire::Writer& writer_;
};

// Request of System.Users.
class UsersRequestWriter {
 public:
  explicit UsersRequestWriter(wire::Writer&) {}
};

// Response of System.Users.
class UsersResponseWriter {
 public:
  explicit UsersResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the sessions were read.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // Sessions in the system's order; none where the host keeps no record. Linux: utmp, and without it systemd-logind's
  // sessions by begin; Windows: terminal services.
  template <class Fill>
  void users(Fill&& fill) {
    writer_.put_message<2, UserWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// A signal that Process.SendSignal takes on this host; numbers differ from platform to platform.
class SignalNumberWriter {
 public:
  explicit SignalNumberWriter(wire::Writer& writer) : writer_(writer) {}

  // Name, e.g. "SIGUSR1"; on Windows also "CTRL_C_EVENT" and "CTRL_BREAK_EVENT".
  void name(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // The platform's number.
  void number(int32_t value) {
    if (value != 0) writer_.put_int32<2>(value);
  }

 private:
  wire::Writer& writer_;
};

// Constants of the platform; they hold until the next boot.
class PlatformConstantsWriter {
 public:
  explicit PlatformConstantsWriter(wire::Writer& writer) : writer_(writer) {}

  // Size of a memory page, bytes.
  void page_size(uint32_t value) {
    if (value != 0) writer_.put_uint32<1>(value);
  }

  // Clock ticks per second, the unit of a ProcessRef's start on Linux. POSIX only.
  void clock_ticks(uint32_t value) { writer_.put_uint32<2>(value); }

  // No pid reaches this number. Linux: /proc/sys/kernel/pid_max.
  void pid_max(uint64_t value) { writer_.put_uint64<3>(value); }

  // Signals by number.
  template <class Fill>
  void signals(Fill&& fill) {
    writer_.put_message<4, SignalNumberWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// What a host is and what can be asked of it.
class HostInfoWriter {
 public:
  explicit HostInfoWriter(wire::Writer& writer) : writer_(writer) {}

  // Network name, without a domain as a rule. Linux: /proc/sys/kernel/hostname, which is that of the agent's own UTS
  // namespace, whatever procfs it reads. Empty if the host does not tell.
  void hostname(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // Operating system family.
  void platform(Platform value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<2>(value);
  }

  // The system's name for people, e.g. "Debian GNU/Linux 12 (bookworm)". Linux: os-release.
  void os(std::string_view value) { writer_.put_string<3>(value); }

  // Version of the system, e.g. "12" or "10.0.22631". Linux: os-release.
  void os_version(std::string_view value) { writer_.put_string<4>(value); }

  // Release of the kernel, e.g. "6.18.44". Linux: /proc/sys/kernel/osrelease.
  void kernel(std::string_view value) { writer_.put_string<5>(value); }

  // Processor architecture as the kernel names it, e.g. "x86_64". Linux: uname(2).
  void machine(std::string_view value) { writer_.put_string<6>(value); }

  // Id of this boot, another after each reboot. Linux: /proc/sys/kernel/random/boot_id. Absent where there is none.
  void boot_id(std::string_view value) { writer_.put_string<7>(value); }

  // Its first 32 bits, the mark that ProcessRef and CpuSample carry.
  void boot(uint32_t value) { writer_.put_fixed32<8>(value); }

  // When the host booted, seconds since the epoch, as BootTime gives it.
  void boot_time(double value) { writer_.put_double<9>(value); }

  // Constants of the platform.
  template <class Fill>
  void constants(Fill&& fill) {
    writer_.put_message<10, PlatformConstantsWriter>(std::forward<Fill>(fill));
  }

  // Version of hostscope that answers, e.g. "0.1.0".
  void agent_version(std::string_view value) {
    if (!value.empty()) writer_.put_string<11>(value);
  }

  // RPCs that work here, as "System.CpuTimes", sorted. Any other answers UNIMPLEMENTED.
  void methods(std::string_view value) { writer_.put_string<12>(value); }

  // Process attributes that can have a value here, ascending. Any other fails with UNSUPPORTED.
  void process_attributes(std::span<const ProcessAttribute> values) {
    writer_.put_packed_varint<13>(values, &wire::Writer::sign_extend<ProcessAttribute>);
  }

 private:
  wire::Writer& writer_;
};

// Request of System.HostInfo.
class HostInfoRequestWriter {
 public:
  explicit HostInfoRequestWriter(wire::Writer&) {}
};

// Response of System.HostInfo.
class HostInfoResponseWriter {
 public:
  explicit HostInfoResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the values were read; also tells how the host's clocks stand.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // The host.
  template <class Fill>
  void host_info(Fill&& fill) {
    writer_.put_message<2, HostInfoWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

struct BootTimeRequest;
struct UsersRequest;
struct HostInfoRequest;

// Request of System.BootTime.
struct BootTimeRequest {
  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, BootTimeRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of System.Users.
struct UsersRequest {
  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, UsersRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of System.HostInfo.
struct HostInfoRequest {
  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, HostInfoRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool BootTimeRequest::parse(std::string_view bytes, BootTimeRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool BootTimeRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    if (!reader.skip()) return reader.failed_in("BootTimeRequest");
  }
  return reader.ok() || reader.failed_in("BootTimeRequest");
}

inline bool UsersRequest::parse(std::string_view bytes, UsersRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool UsersRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    if (!reader.skip()) return reader.failed_in("UsersRequest");
  }
  return reader.ok() || reader.failed_in("UsersRequest");
}

inline bool HostInfoRequest::parse(std::string_view bytes, HostInfoRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool HostInfoRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    if (!reader.skip()) return reader.failed_in("HostInfoRequest");
  }
  return reader.ok() || reader.failed_in("HostInfoRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_HOST_H_
