// SPDX-License-Identifier: Apache-2.0
#include "linux/shared_sockets.h"

#include <cerrno>
#include <chrono>

namespace hostscope::linux_os {
namespace {

// How often who waits for another thread's reading looks whether that thread got stuck.
constexpr std::chrono::milliseconds kLookEvery{20};

// The name of a namespace, such as "net:[4026531840]"; empty if it cannot be seen.
std::string namespace_name(int directory, const std::string& link) {
  FileReader reader;
  return std::string(reader.read_link(directory, link.c_str()).text);
}

}  // namespace

SocketSetRead LinuxSharedSockets::of_host(ReadGuard& guard) { return once("", {guard}, host_socket_source(*context_)); }

SocketSetRead LinuxSharedSockets::of_process(int directory, std::int64_t pid, ReadGuard& guard) {
  const auto name = namespace_name(directory, "ns/net");
  if (name.empty() || name == host_namespace()) return {};
  return once(name, {guard, pid}, {directory, "net", nullptr, nullptr});
}

std::string LinuxSharedSockets::host_namespace() const {
  // "net" stands for "self/net".
  const auto& folder = context_->net.folder();
  const auto slash = folder.rfind('/');
  const auto whose = slash == std::string::npos ? std::string("self") : folder.substr(0, slash);
  return namespace_name(context_->proc.get(), whose + "/ns/net");
}

SocketSetRead LinuxSharedSockets::once(const std::string& name, SocketWait wait, const SocketSource& source) {
  using State = Slot::State;
  std::unique_lock lock(mutex_);
  auto& slot = slots_[name];
  while (slot.state == State::kReading) {
    if (!(SocketWait{wait.guard, slot.pid}.go_on())) return {nullptr, ETIMEDOUT, ""};
    read_.wait_for(lock, kLookEvery);
  }
  if (slot.state == State::kRead) return slot.read;
  if (!wait.go_on()) return {nullptr, ETIMEDOUT, ""};
  slot.state = State::kReading;
  slot.pid = wait.pid;
  lock.unlock();
  auto read = read_sockets(source, tables_, wait);
  lock.lock();
  // Through a process that ends meanwhile nothing is seen; through the next one perhaps.
  const bool final = read.set != nullptr || (wait.pid == SocketWait::kHost && read.error != ETIMEDOUT);
  slot.state = final ? State::kRead : State::kEmpty;
  if (final) slot.read = read;
  read_.notify_all();
  return read;
}

}  // namespace hostscope::linux_os
