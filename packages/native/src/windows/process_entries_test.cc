// sources: windows/process_entries.cc
// SPDX-License-Identifier: Apache-2.0
#include "windows/process_entries.h"

#include <cstring>
#include <string_view>

#include "core/check.h"

using namespace hostscope::windows_os;

namespace {

constexpr std::size_t kEntry = 0x100, kThread = 0x50;

template <class T>
void put(std::vector<std::byte>& buffer, std::size_t at, T value) {
  std::memcpy(buffer.data() + at, &value, sizeof value);
}

// Two processes: one with two threads, and its name behind them.
std::vector<std::byte> two_processes() {
  constexpr std::u16string_view kName = u"a.exe";
  const std::size_t name = kEntry + 2 * kThread, second = name + 16;
  std::vector<std::byte> buffer(second + kEntry);
  put<std::uint32_t>(buffer, 0x00, static_cast<std::uint32_t>(second));
  put<std::uint32_t>(buffer, 0x04, 2);
  put<std::uint64_t>(buffer, 0x20, 133'000'000'000'000'000);
  put<std::uint64_t>(buffer, 0x28, 30);
  put<std::uint64_t>(buffer, 0x30, 40);
  put<std::uint16_t>(buffer, 0x38, kName.size() * 2);
  put<std::uint64_t>(buffer, 0x40, reinterpret_cast<std::uint64_t>(buffer.data()) + name);
  std::memcpy(buffer.data() + name, kName.data(), kName.size() * 2);
  put<std::int32_t>(buffer, 0x48, 8);
  put<std::int64_t>(buffer, 0x50, 4712);
  put<std::int64_t>(buffer, 0x58, 4);
  put<std::uint64_t>(buffer, 0x90, 5'000'000'000);
  put<std::uint64_t>(buffer, 0xC8, 6'000'000'000);
  put<std::uint64_t>(buffer, 0xE8, 7);
  for (std::size_t thread = 0; thread < 2; ++thread) {
    put<std::uint64_t>(buffer, kEntry + thread * kThread + 0x00, 11 + thread);
    put<std::uint64_t>(buffer, kEntry + thread * kThread + 0x08, 21 + thread);
    put<std::int64_t>(buffer, kEntry + thread * kThread + 0x30, static_cast<std::int64_t>(100 + thread));
    put<std::uint32_t>(buffer, kEntry + thread * kThread + 0x44, 5);
  }
  put<std::int64_t>(buffer, second + 0x50, 4716);
  return buffer;
}

std::vector<ProcessEntry> parse(const std::vector<std::byte>& buffer) {
  return parse_process_entries(buffer, reinterpret_cast<std::uint64_t>(buffer.data()));
}

void test_waiting_threads() {
  const auto with_states = [](std::int64_t pid, std::initializer_list<std::uint32_t> states) {
    ProcessEntry process;
    process.pid = pid;
    for (const auto state : states) process.threads.push_back({.state = state});
    return process;
  };
  CHECK(waiting_threads({}) == 0);
  // Initialized, ready, running, standby, terminated, waiting, in transition, deferred ready.
  const std::vector all{with_states(0, {1, 1, 2}), with_states(8, {0, 1, 2, 3, 4, 5, 6, 7}), with_states(12, {1, 5})};
  CHECK(waiting_threads(all) == 3);
}

}  // namespace

int main() {
  test_waiting_threads();
  auto buffer = two_processes();
  auto processes = parse(buffer);
  CHECK(processes.size() == 2);
  const auto& first = processes[0];
  CHECK(first.pid == 4712 && first.parent == 4 && first.name == u"a.exe" && first.base_priority == 8);
  CHECK(first.create_time == 133'000'000'000'000'000 && first.user_time == 30 && first.kernel_time == 40);
  CHECK(first.working_set == 5'000'000'000 && first.private_bytes == 6'000'000'000 && first.read_bytes == 7);
  CHECK(first.threads.size() == 2 && first.threads[1].id == 101 && first.threads[1].kernel_time == 12);
  CHECK(first.threads[1].user_time == 22 && first.threads[1].state == 5);
  CHECK(processes[1].pid == 4716 && processes[1].name.empty() && processes[1].threads.empty());

  put<std::uint64_t>(buffer, 0x20, kNotBegun);
  processes = parse(buffer);
  CHECK(processes.size() == 1 && processes[0].pid == 4716);
  put<std::uint64_t>(buffer, 0x20, 1);

  // Threads that would lie in the next entry, a name outside, an entry that points at itself, and one cut short.
  put<std::uint32_t>(buffer, 0x04, 1000);
  put<std::uint64_t>(buffer, 0x40, reinterpret_cast<std::uint64_t>(buffer.data()) + buffer.size() - 2);
  processes = parse(buffer);
  CHECK(processes.size() == 2 && processes[0].threads.size() == 2 && processes[0].name.empty());
  put<std::uint32_t>(buffer, 0x00, 1);
  CHECK(parse(buffer).size() == 1);
  put<std::uint32_t>(buffer, 0x00, 0xFFFFFFFF);
  CHECK(parse(buffer).size() == 1);
  buffer.resize(kEntry - 1);
  CHECK(parse(buffer).empty());
  CHECK(parse({}).empty());
  return 0;
}
