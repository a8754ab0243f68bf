// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/network.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_NETWORK_H_
#define HOSTSCOPE_GEN_NETWORK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "gen/common.gen.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

// Address family, psutil's AF_* constants. Numbers are hostscope's: the platforms' own differ.
enum class AddressFamily : int32_t {
  // Unknown to this client.
  kUnspecified = 0,
  // IPv4.
  kInet = 1,
  // IPv6.
  kInet6 = 2,
  // UNIX socket.
  kUnix = 3,
  // Hardware (MAC) address. Linux: AF_PACKET.
  kLink = 4,
  // No address at all, such as an unconfigured tunnel's.
  kNone = 5,
};

// Whether this version of the schema has the value.
constexpr bool is_known(AddressFamily value) {
  switch (value) {
    case AddressFamily::kUnspecified:
    case AddressFamily::kInet:
    case AddressFamily::kInet6:
    case AddressFamily::kUnix:
    case AddressFamily::kLink:
    case AddressFamily::kNone:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(AddressFamily value) {
  switch (value) {
    case AddressFamily::kUnspecified:
      return "unspecified";
    case AddressFamily::kInet:
      return "AF_INET";
    case AddressFamily::kInet6:
      return "AF_INET6";
    case AddressFamily::kUnix:
      return "AF_UNIX";
    case AddressFamily::kLink:
      return "AF_LINK";
    case AddressFamily::kNone:
      return "AF_UNSPEC";
  }
  return "unspecified";
}

// Socket type, psutil's SOCK_* constants.
enum class SocketType : int32_t {
  // Unknown to this client.
  kUnspecified = 0,
  // Byte stream: TCP, or UNIX.
  kStream = 1,
  // Datagrams: UDP, or UNIX.
  kDgram = 2,
  // Packets in sequence. UNIX sockets.
  kSeqpacket = 3,
};

// Whether this version of the schema has the value.
constexpr bool is_known(SocketType value) {
  switch (value) {
    case SocketType::kUnspecified:
    case SocketType::kStream:
    case SocketType::kDgram:
    case SocketType::kSeqpacket:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(SocketType value) {
  switch (value) {
    case SocketType::kUnspecified:
      return "unspecified";
    case SocketType::kStream:
      return "SOCK_STREAM";
    case SocketType::kDgram:
      return "SOCK_DGRAM";
    case SocketType::kSeqpacket:
      return "SOCK_SEQPACKET";
  }
  return "unspecified";
}

// State of a socket, psutil's CONN_* constants.
enum class ConnectionStatus : int32_t {
  // A state this version of hostscope does not know.
  kUnspecified = 0,
  // Open, data may flow.
  kEstablished = 1,
  // Asked the peer to connect.
  kSynSent = 2,
  // Was asked to connect and answered.
  kSynRecv = 3,
  // Closed here, not yet confirmed.
  kFinWait1 = 4,
  // Closed here and confirmed; the peer may still send.
  kFinWait2 = 5,
  // Closed on both sides; kept for late packets.
  kTimeWait = 6,
  // Not connected.
  kClose = 7,
  // Closed by the peer, not yet here.
  kCloseWait = 8,
  // Closed by the peer, then here; not yet confirmed.
  kLastAck = 9,
  // Waits for peers.
  kListen = 10,
  // Both sides closed at once.
  kClosing = 11,
  // Has no such state: UDP and UNIX sockets.
  kNone = 12,
  // Being removed. Windows.
  kDeleteTcb = 13,
  // Opened, not bound. Solaris.
  kIdle = 14,
  // Bound, not connected. Solaris.
  kBound = 15,
};

// Whether this version of the schema has the value.
constexpr bool is_known(ConnectionStatus value) {
  switch (value) {
    case ConnectionStatus::kUnspecified:
    case ConnectionStatus::kEstablished:
    case ConnectionStatus::kSynSent:
    case ConnectionStatus::kSynRecv:
    case ConnectionStatus::kFinWait1:
    case ConnectionStatus::kFinWait2:
    case ConnectionStatus::kTimeWait:
    case ConnectionStatus::kClose:
    case ConnectionStatus::kCloseWait:
    case ConnectionStatus::kLastAck:
    case ConnectionStatus::kListen:
    case ConnectionStatus::kClosing:
    case ConnectionStatus::kNone:
    case ConnectionStatus::kDeleteTcb:
    case ConnectionStatus::kIdle:
    case ConnectionStatus::kBound:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(ConnectionStatus value) {
  switch (value) {
    case ConnectionStatus::kUnspecified:
      return "unspecified";
    case ConnectionStatus::kEstablished:
      return "ESTABLISHED";
    case ConnectionStatus::kSynSent:
      return "SYN_SENT";
    case ConnectionStatus::kSynRecv:
      return "SYN_RECV";
    case ConnectionStatus::kFinWait1:
      return "FIN_WAIT1";
    case ConnectionStatus::kFinWait2:
      return "FIN_WAIT2";
    case ConnectionStatus::kTimeWait:
      return "TIME_WAIT";
    case ConnectionStatus::kClose:
      return "CLOSE";
    case ConnectionStatus::kCloseWait:
      return "CLOSE_WAIT";
    case ConnectionStatus::kLastAck:
      return "LAST_ACK";
    case ConnectionStatus::kListen:
      return "LISTEN";
    case ConnectionStatus::kClosing:
      return "CLOSING";
    case ConnectionStatus::kNone:
      return "NONE";
    case ConnectionStatus::kDeleteTcb:
      return "DELETE_TCB";
    case ConnectionStatus::kIdle:
      return "IDLE";
    case ConnectionStatus::kBound:
      return "BOUND";
  }
  return "unspecified";
}

// Which sockets to list, psutil's `kind`.
enum class ConnectionKind : int32_t {
  // The default: inet.
  kUnspecified = 0,
  // IPv4 and IPv6.
  kInet = 1,
  // IPv4.
  kInet4 = 2,
  // IPv6.
  kInet6 = 3,
  // TCP.
  kTcp = 4,
  // TCP over IPv4.
  kTcp4 = 5,
  // TCP over IPv6.
  kTcp6 = 6,
  // UDP.
  kUdp = 7,
  // UDP over IPv4.
  kUdp4 = 8,
  // UDP over IPv6.
  kUdp6 = 9,
  // UNIX sockets of any type.
  kUnix = 10,
  // All of these.
  kAll = 11,
};

// Whether this version of the schema has the value.
constexpr bool is_known(ConnectionKind value) {
  switch (value) {
    case ConnectionKind::kUnspecified:
    case ConnectionKind::kInet:
    case ConnectionKind::kInet4:
    case ConnectionKind::kInet6:
    case ConnectionKind::kTcp:
    case ConnectionKind::kTcp4:
    case ConnectionKind::kTcp6:
    case ConnectionKind::kUdp:
    case ConnectionKind::kUdp4:
    case ConnectionKind::kUdp6:
    case ConnectionKind::kUnix:
    case ConnectionKind::kAll:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(ConnectionKind value) {
  switch (value) {
    case ConnectionKind::kUnspecified:
      return "unspecified";
    case ConnectionKind::kInet:
      return "inet";
    case ConnectionKind::kInet4:
      return "inet4";
    case ConnectionKind::kInet6:
      return "inet6";
    case ConnectionKind::kTcp:
      return "tcp";
    case ConnectionKind::kTcp4:
      return "tcp4";
    case ConnectionKind::kTcp6:
      return "tcp6";
    case ConnectionKind::kUdp:
      return "udp";
    case ConnectionKind::kUdp4:
      return "udp4";
    case ConnectionKind::kUdp6:
      return "udp6";
    case ConnectionKind::kUnix:
      return "unix";
    case ConnectionKind::kAll:
      return "all";
  }
  return "unspecified";
}

// Whether a link carries both directions at once, psutil's NIC_DUPLEX_* constants.
enum class NicDuplex : int32_t {
  // Unknown to this client.
  kUnspecified = 0,
  // Both at once.
  kFull = 1,
  // One at a time.
  kHalf = 2,
};

// Whether this version of the schema has the value.
constexpr bool is_known(NicDuplex value) {
  switch (value) {
    case NicDuplex::kUnspecified:
    case NicDuplex::kFull:
    case NicDuplex::kHalf:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(NicDuplex value) {
  switch (value) {
    case NicDuplex::kUnspecified:
      return "unspecified";
    case NicDuplex::kFull:
      return "full";
    case NicDuplex::kHalf:
      return "half";
  }
  return "unspecified";
}

class NetIoCountersWriter;
class NetIoCountersRequestWriter;
class NetIoCountersResponseWriter;
class SocketAddressWriter;
class NetConnectionWriter;
class NetConnectionsRequestWriter;
class NetConnectionsResponseWriter;
class NetIfAddrWriter;
class NetIfAddrsWriter;
class NetIfAddrsRequestWriter;
class NetIfAddrsResponseWriter;
class NetIfStatsWriter;
class NetIfStatsRequestWriter;
class NetIfStatsResponseWriter;

// Traffic of a network interface since it appeared; counters. Linux: a line of /proc/net/dev.
class NetIoCountersWriter {
 public:
  explicit NetIoCountersWriter(wire::Writer& writer) : writer_(writer) {}

  // Interface, e.g. "eth0"; absent in a total.
  void name(std::string_view value) { writer_.put_string<1>(value); }

  // Bytes sent.
  void bytes_sent(uint64_t value) {
    if (value != 0) writer_.put_uint64<2>(value);
  }

  // Bytes received.
  void bytes_recv(uint64_t value) {
    if (value != 0) writer_.put_uint64<3>(value);
  }

  // Packets sent.
  void packets_sent(uint64_t value) {
    if (value != 0) writer_.put_uint64<4>(value);
  }

  // Packets received.
  void packets_recv(uint64_t value) {
    if (value != 0) writer_.put_uint64<5>(value);
  }

  // Errors while receiving.
  void errin(uint64_t value) {
    if (value != 0) writer_.put_uint64<6>(value);
  }

  // Errors while sending.
  void errout(uint64_t value) {
    if (value != 0) writer_.put_uint64<7>(value);
  }

  // Received packets that were dropped.
  void dropin(uint64_t value) {
    if (value != 0) writer_.put_uint64<8>(value);
  }

  // Packets dropped instead of sent. Absent on macOS and BSD, where psutil gives 0.
  void dropout(uint64_t value) { writer_.put_uint64<9>(value); }

 private:
  wire::Writer& writer_;
};

// Request of System.NetIoCounters.
class NetIoCountersRequestWriter {
 public:
  explicit NetIoCountersRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Whether each interface is listed too.
  void pernic(bool value) {
    if (value) writer_.put_bool<1>(value);
  }

  // Whether counters that wrapped or were reset go on from where they were, so that none ever decreases. The memory for
  // it is the agent's, shared by all callers. Default true.
  void nowrap(bool value) { writer_.put_bool<2>(value); }

 private:
  wire::Writer& writer_;
};

// Response of System.NetIoCounters.
class NetIoCountersResponseWriter {
 public:
  explicit NetIoCountersResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the counters were read.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // All interfaces summed, loopback, bridges and tunnels included. Absent on a host without interfaces.
  template <class Fill>
  void total(Fill&& fill) {
    writer_.put_message<2, NetIoCountersWriter>(std::forward<Fill>(fill));
  }

  // Each interface, in the system's order; empty unless pernic was asked for.
  template <class Fill>
  void nics(Fill&& fill) {
    writer_.put_message<3, NetIoCountersWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// One end of a socket: ip and port, or path.
class SocketAddressWriter {
 public:
  explicit SocketAddressWriter(wire::Writer& writer) : writer_(writer) {}

  // IPv4 or IPv6 address as text; absent for UNIX sockets.
  void ip(std::string_view value) { writer_.put_string<1>(value); }

  // Port; absent for UNIX sockets.
  void port(uint32_t value) { writer_.put_uint32<2>(value); }

  // Path of a UNIX socket; an abstract name begins with "@".
  void path(std::string_view value) { writer_.put_string<3>(value); }

 private:
  wire::Writer& writer_;
};

// One socket. Linux: a line of /proc/net/{tcp,tcp6,udp,udp6,unix}, or sock_diag; its holder from /proc/PID/fd.
class NetConnectionWriter {
 public:
  explicit NetConnectionWriter(wire::Writer& writer) : writer_(writer) {}

  // File descriptor in its process. Absent where the holder is unknown and on Windows, where psutil gives -1.
  void fd(int32_t value) { writer_.put_int32<1>(value); }

  // Address family.
  void family(AddressFamily value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<2>(value);
  }

  // Socket type.
  void type(SocketType value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<3>(value);
  }

  // Local end; absent if not bound, where psutil gives an empty tuple or "".
  template <class Fill>
  void laddr(Fill&& fill) {
    writer_.put_message<4, SocketAddressWriter>(std::forward<Fill>(fill));
  }

  // Remote end; absent if not connected, and for UNIX sockets of Linux and FreeBSD.
  template <class Fill>
  void raddr(Fill&& fill) {
    writer_.put_message<5, SocketAddressWriter>(std::forward<Fill>(fill));
  }

  // State of a TCP socket, NONE for others.
  void status(ConnectionStatus value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<6>(value);
  }

  // Pid of the process that holds it; absent if unknown to the agent, and where the process is given anyway.
  void pid(int64_t value) { writer_.put_int64<7>(value); }

 private:
  wire::Writer& writer_;
};

// Request of System.NetConnections.
class NetConnectionsRequestWriter {
 public:
  explicit NetConnectionsRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Sockets to list. Default: inet.
  void kind(ConnectionKind value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

 private:
  wire::Writer& writer_;
};

// One chunk of the answer to System.NetConnections: a busy host has more sockets than one message should hold.
class NetConnectionsResponseWriter {
 public:
  explicit NetConnectionsResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the collection began; the same in all chunks of one answer.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // Sockets, one entry for each process and descriptor that holds it, in no set order.
  template <class Fill>
  void connections(Fill&& fill) {
    writer_.put_message<2, NetConnectionWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// One address of a network interface. Linux: getifaddrs(3).
class NetIfAddrWriter {
 public:
  explicit NetIfAddrWriter(wire::Writer& writer) : writer_(writer) {}

  // What kind of address.
  void family(AddressFamily value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // The address as text, e.g. "10.0.0.7", "fe80::1%eth0" or "52:54:00:12:34:56"; absent for family NONE.
  void address(std::string_view value) { writer_.put_string<2>(value); }

  // Network mask as text; absent if it has none.
  void netmask(std::string_view value) { writer_.put_string<3>(value); }

  // Broadcast address; absent if it has none. Never together with ptp.
  void broadcast(std::string_view value) { writer_.put_string<4>(value); }

  // The other end of a point-to-point link. Absent without one, and on Windows.
  void ptp(std::string_view value) { writer_.put_string<5>(value); }

 private:
  wire::Writer& writer_;
};

// Addresses of one network interface.
class NetIfAddrsWriter {
 public:
  explicit NetIfAddrsWriter(wire::Writer& writer) : writer_(writer) {}

  // Interface, e.g. "eth0".
  void name(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // Its addresses: IPv4, IPv6, hardware.
  template <class Fill>
  void addrs(Fill&& fill) {
    writer_.put_message<2, NetIfAddrWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Request of System.NetIfAddrs.
class NetIfAddrsRequestWriter {
 public:
  explicit NetIfAddrsRequestWriter(wire::Writer&) {}
};

// Response of System.NetIfAddrs.
class NetIfAddrsResponseWriter {
 public:
  explicit NetIfAddrsResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the addresses were read.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // Interfaces, in the system's order.
  template <class Fill>
  void nics(Fill&& fill) {
    writer_.put_message<2, NetIfAddrsWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// State of one network interface; gauges. Linux: interface ioctls.
class NetIfStatsWriter {
 public:
  explicit NetIfStatsWriter(wire::Writer& writer) : writer_(writer) {}

  // Interface, e.g. "eth0".
  void name(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // Whether it is up and running (Linux: IFF_RUNNING).
  void isup(bool value) {
    if (value) writer_.put_bool<2>(value);
  }

  // Duplex. Absent where unknown, as for loopback and wireless; psutil's NIC_DUPLEX_UNKNOWN.
  void duplex(NicDuplex value) { writer_.put_enum<3>(value); }

  // Speed, megabits per second. Absent where unknown, where psutil gives 0.
  void speed(uint64_t value) { writer_.put_uint64<4>(value); }

  // Largest packet, bytes.
  void mtu(uint32_t value) {
    if (value != 0) writer_.put_uint32<5>(value);
  }

  // Flags, e.g. "up", "broadcast", "running" (psutil joins them by commas). Empty on Windows.
  void flags(std::string_view value) { writer_.put_string<6>(value); }

 private:
  wire::Writer& writer_;
};

// Request of System.NetIfStats.
class NetIfStatsRequestWriter {
 public:
  explicit NetIfStatsRequestWriter(wire::Writer&) {}
};

// Response of System.NetIfStats.
class NetIfStatsResponseWriter {
 public:
  explicit NetIfStatsResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the state was read.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // Interfaces, in the system's order.
  template <class Fill>
  void nics(Fill&& fill) {
    writer_.put_message<2, NetIfStatsWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

struct NetIoCountersRequest;
struct NetConnectionsRequest;
struct NetIfAddrsRequest;
struct NetIfStatsRequest;

// Request of System.NetIoCounters.
struct NetIoCountersRequest {
  // Whether each interface is listed too.
  bool pernic = false;
  // Whether counters that wrapped or were reset go on from where they were, so that none ever decreases. The memory for
  // it is the agent's, shared by all callers. Default true.
  std::optional<bool> nowrap;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, NetIoCountersRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of System.NetConnections.
struct NetConnectionsRequest {
  // Sockets to list. Default: inet.
  ConnectionKind kind{};

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, NetConnectionsRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of System.NetIfAddrs.
struct NetIfAddrsRequest {
  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, NetIfAddrsRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of System.NetIfStats.
struct NetIfStatsRequest {
  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, NetIfStatsRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool NetIoCountersRequest::parse(std::string_view bytes, NetIoCountersRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool NetIoCountersRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_bool(pernic)) return reader.failed_in("NetIoCountersRequest.pernic");
        break;
      case 2:
        if (!reader.get_bool(nowrap.emplace())) return reader.failed_in("NetIoCountersRequest.nowrap");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("NetIoCountersRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("NetIoCountersRequest");
}

inline bool NetConnectionsRequest::parse(std::string_view bytes, NetConnectionsRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool NetConnectionsRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_enum(kind)) return reader.failed_in("NetConnectionsRequest.kind");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("NetConnectionsRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("NetConnectionsRequest");
}

inline bool NetIfAddrsRequest::parse(std::string_view bytes, NetIfAddrsRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool NetIfAddrsRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    if (!reader.skip()) return reader.failed_in("NetIfAddrsRequest");
  }
  return reader.ok() || reader.failed_in("NetIfAddrsRequest");
}

inline bool NetIfStatsRequest::parse(std::string_view bytes, NetIfStatsRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool NetIfStatsRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    if (!reader.skip()) return reader.failed_in("NetIfStatsRequest");
  }
  return reader.ok() || reader.failed_in("NetIfStatsRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_NETWORK_H_
