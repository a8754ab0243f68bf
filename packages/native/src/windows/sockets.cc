// SPDX-License-Identifier: Apache-2.0
#include "windows/sockets.h"

#include <algorithm>

#include "windows/failure.h"
#include "windows/win32.h"
#include "windows/win32_network.h"

namespace hostscope::windows_os {
namespace {

using gen::ConnectionStatus;
using model::NetConnection;
using model::SocketTable;

ConnectionStatus status_of(DWORD state) {
  switch (state) {
    case MIB_TCP_STATE_CLOSED:
      return ConnectionStatus::kClose;
    case MIB_TCP_STATE_LISTEN:
      return ConnectionStatus::kListen;
    case MIB_TCP_STATE_SYN_SENT:
      return ConnectionStatus::kSynSent;
    case MIB_TCP_STATE_SYN_RCVD:
      return ConnectionStatus::kSynRecv;
    case MIB_TCP_STATE_ESTAB:
      return ConnectionStatus::kEstablished;
    case MIB_TCP_STATE_FIN_WAIT1:
      return ConnectionStatus::kFinWait1;
    case MIB_TCP_STATE_FIN_WAIT2:
      return ConnectionStatus::kFinWait2;
    case MIB_TCP_STATE_CLOSE_WAIT:
      return ConnectionStatus::kCloseWait;
    case MIB_TCP_STATE_CLOSING:
      return ConnectionStatus::kClosing;
    case MIB_TCP_STATE_LAST_ACK:
      return ConnectionStatus::kLastAck;
    case MIB_TCP_STATE_TIME_WAIT:
      return ConnectionStatus::kTimeWait;
    case MIB_TCP_STATE_DELETE_TCB:
      return ConnectionStatus::kDeleteTcb;
    default:
      return ConnectionStatus::kNone;
  }
}

// Empty if neither address nor port is set.
template <int kFamily, class Address>
std::optional<model::SocketAddress> end_of(const Address& address, DWORD network_port) {
  const std::uint32_t port = ::ntohs(static_cast<u_short>(network_port & 0xFFFF));
  const auto* const bytes = reinterpret_cast<const unsigned char*>(&address);
  if (port == 0 && std::all_of(bytes, bytes + sizeof address, [](unsigned char byte) { return byte == 0; })) {
    return std::nullopt;
  }
  return model::SocketAddress{ip_text(kFamily, bytes), port, std::nullopt};
}

// A whole table of the kernel's; it may grow while it is asked for.
template <class Ask>
Win32Error read_table(std::vector<std::byte>& buffer, const Ask& ask) {
  constexpr int kTries = 6;
  DWORD size = 16 * 1024, error = ERROR_INSUFFICIENT_BUFFER;
  for (int tries = 0; tries < kTries && error == ERROR_INSUFFICIENT_BUFFER; ++tries) {
    buffer.resize(size + size / 4);
    size = static_cast<DWORD>(buffer.size());
    error = ask(buffer.data(), &size);
  }
  return error;
}

template <class Table, class Add>
Win32Error read_tcp(ULONG family, const Add& add) {
  std::vector<std::byte> buffer;
  const auto error = read_table(buffer, [&](void* out, DWORD* size) {
    return ::GetExtendedTcpTable(out, size, FALSE, family, TCP_TABLE_OWNER_PID_ALL, 0);
  });
  if (error != ERROR_SUCCESS) return error;
  const auto& table = *reinterpret_cast<const Table*>(buffer.data());
  for (DWORD i = 0; i < table.dwNumEntries; ++i) add(table.table[i]);
  return ERROR_SUCCESS;
}

template <class Table, class Add>
Win32Error read_udp(ULONG family, const Add& add) {
  std::vector<std::byte> buffer;
  const auto error = read_table(buffer, [&](void* out, DWORD* size) {
    return ::GetExtendedUdpTable(out, size, FALSE, family, UDP_TABLE_OWNER_PID, 0);
  });
  if (error != ERROR_SUCCESS) return error;
  const auto& table = *reinterpret_cast<const Table*>(buffer.data());
  for (DWORD i = 0; i < table.dwNumEntries; ++i) add(table.table[i]);
  return ERROR_SUCCESS;
}

NetConnection row_of(gen::AddressFamily family, gen::SocketType type, DWORD pid) {
  NetConnection row;
  row.family = family;
  row.type = type;
  row.pid = pid;
  return row;
}

Win32Error add_table(SocketTable table, std::vector<NetConnection>& rows) {
  using gen::AddressFamily, gen::SocketType;
  switch (table) {
    case SocketTable::kTcp:
      return read_tcp<MIB_TCPTABLE_OWNER_PID>(AF_INET, [&](const MIB_TCPROW_OWNER_PID& in) {
        auto row = row_of(AddressFamily::kInet, SocketType::kStream, in.dwOwningPid);
        row.status = status_of(in.dwState);
        row.laddr = end_of<AF_INET>(in.dwLocalAddr, in.dwLocalPort);
        if (in.dwState != MIB_TCP_STATE_LISTEN) row.raddr = end_of<AF_INET>(in.dwRemoteAddr, in.dwRemotePort);
        rows.push_back(std::move(row));
      });
    case SocketTable::kTcp6:
      return read_tcp<MIB_TCP6TABLE_OWNER_PID>(AF_INET6, [&](const MIB_TCP6ROW_OWNER_PID& in) {
        auto row = row_of(AddressFamily::kInet6, SocketType::kStream, in.dwOwningPid);
        row.status = status_of(in.dwState);
        row.laddr = end_of<AF_INET6>(in.ucLocalAddr, in.dwLocalPort);
        if (in.dwState != MIB_TCP_STATE_LISTEN) row.raddr = end_of<AF_INET6>(in.ucRemoteAddr, in.dwRemotePort);
        rows.push_back(std::move(row));
      });
    case SocketTable::kUdp:
      return read_udp<MIB_UDPTABLE_OWNER_PID>(AF_INET, [&](const MIB_UDPROW_OWNER_PID& in) {
        auto row = row_of(AddressFamily::kInet, SocketType::kDgram, in.dwOwningPid);
        row.laddr = end_of<AF_INET>(in.dwLocalAddr, in.dwLocalPort);
        rows.push_back(std::move(row));
      });
    case SocketTable::kUdp6:
      return read_udp<MIB_UDP6TABLE_OWNER_PID>(AF_INET6, [&](const MIB_UDP6ROW_OWNER_PID& in) {
        auto row = row_of(AddressFamily::kInet6, SocketType::kDgram, in.dwOwningPid);
        row.laddr = end_of<AF_INET6>(in.ucLocalAddr, in.dwLocalPort);
        rows.push_back(std::move(row));
      });
    case SocketTable::kUnix:
      return ERROR_SUCCESS;  // Windows has such sockets, and no list of them
  }
  return ERROR_SUCCESS;
}

}  // namespace

Result<std::vector<NetConnection>> read_sockets(model::SocketTables tables) {
  std::vector<NetConnection> rows;
  for (const auto table : model::kSocketTables) {
    if (!tables.has(table)) continue;
    const auto error = add_table(table, rows);
    // A host without IPv6 has no such tables.
    if (error != ERROR_SUCCESS && !is_unsupported(error)) return failure("list sockets", error);
  }
  // Somebody other than the idle process has one, if the system tells it at all. Nobody's own is TIME_WAIT.
  const bool tells_pids = std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row.pid != 0; });
  for (auto& row : rows) {
    if (!tells_pids || row.pid == 0) row.pid.reset();
  }
  return rows;
}

const Result<std::vector<NetConnection>>& WindowsSharedSockets::rows() {
  const std::lock_guard lock(mutex_);
  if (!rows_) rows_.emplace(read_sockets(model::tables_of(kind_)));
  return *rows_;
}

}  // namespace hostscope::windows_os
