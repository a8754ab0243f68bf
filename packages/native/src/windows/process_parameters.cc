// SPDX-License-Identifier: Apache-2.0
// What a process keeps in its own memory: command line, working directory, environment.
#include <algorithm>

#include "windows/command_line.h"
#include "windows/ntdll.h"
#include "windows/process_memory.h"
#include "windows/process_target.h"

namespace hostscope::windows_os {
namespace {

// A process can claim any length for its environment.
constexpr std::size_t kMostEnvironment = 8U << 20;

struct BasicInformation {
  std::uint64_t exit_status, peb, affinity, priority, pid, parent;
};

// Where the parameters are, and how wide pointers are in there.
struct Parameters {
  std::uint64_t address = 0;
  bool is_32_bit = false;
};

DWORD find_parameters(HANDLE process, Parameters& found) {
  std::uint64_t peb32 = 0;
  if (query_process(process, kProcessWow64, peb32) == ERROR_SUCCESS && peb32 != 0) {
    std::uint32_t address = 0;
    const DWORD error = read_value(process, peb32 + 0x10, address);
    found = {address, true};
    return error;
  }
  BasicInformation basic{};
  if (const auto error = query_process(process, kProcessBasic, basic); error != ERROR_SUCCESS) return error;
  if (basic.peb == 0) return ERROR_ACCESS_DENIED;
  return read_value(process, basic.peb + 0x20, found.address);
}

struct RemoteText {
  std::uint16_t length = 0;
  std::uint64_t address = 0;
};

DWORD read_text(HANDLE process, std::uint64_t at, bool is_32_bit, std::u16string& text) {
  RemoteText remote;
  if (is_32_bit) {
    struct {
      std::uint16_t length, maximum_length;
      std::uint32_t address;
    } narrow{};
    if (const DWORD error = read_value(process, at, narrow); error != ERROR_SUCCESS) return error;
    remote = {narrow.length, narrow.address};
  } else {
    struct {
      std::uint16_t length, maximum_length;
      std::uint64_t address;
    } wide_text{};
    if (const DWORD error = read_value(process, at, wide_text); error != ERROR_SUCCESS) return error;
    remote = {wide_text.length, wide_text.address};
  }
  text.resize(remote.length / sizeof(char16_t));
  if (text.empty()) return ERROR_SUCCESS;
  return read_memory(process, remote.address, text.data(), text.size() * sizeof(char16_t));
}

DWORD read_environment(HANDLE process, const Parameters& parameters, std::u16string& block) {
  std::uint64_t address = 0;
  DWORD error = ERROR_SUCCESS;
  if (parameters.is_32_bit) {
    std::uint32_t narrow = 0;
    error = read_value(process, parameters.address + 0x48, narrow);
    address = narrow;
  } else {
    error = read_value(process, parameters.address + 0x80, address);
  }
  if (error != ERROR_SUCCESS || address == 0) return error;
  MEMORY_BASIC_INFORMATION region{};
  if (::VirtualQueryEx(process, reinterpret_cast<const void*>(address), &region, sizeof region) == 0) {
    return ::GetLastError();
  }
  const auto end = reinterpret_cast<std::uint64_t>(region.BaseAddress) + region.RegionSize;
  block.resize(std::min<std::size_t>(end - address, kMostEnvironment) / sizeof(char16_t));
  return read_memory(process, address, block.data(), block.size() * sizeof(char16_t));
}

// Needs less rights, and does not see what the process changed since.
DWORD ask_command_line(HANDLE process, std::u16string& text) {
  alignas(UnicodeString) std::byte buffer[sizeof(UnicodeString) + 65'536];
  if (ntdll().query_process == nullptr) return ERROR_NOT_SUPPORTED;
  const auto status = ntdll().query_process(process, kProcessCommandLine, buffer, sizeof buffer, nullptr);
  if (status != kNtSuccess) return win32_error(status);
  const auto* const found = reinterpret_cast<const UnicodeString*>(buffer);
  text.assign(found->buffer, found->length / sizeof(char16_t));
  return ERROR_SUCCESS;
}

}  // namespace

void WindowsProcessReader::read_parameters(Target& target) {
  constexpr AttributeSet kAll{A::kCmdline, A::kCwd, A::kEnviron};
  auto& row = target.row;
  const auto pid = target.entry.pid;
  if (pid == kIdlePid || pid == kSystemPid) {  // the kernel itself
    row.present = row.present | target.wanted({A::kCmdline, A::kEnviron});
    return target.fail({A::kCwd}, ERROR_ACCESS_DENIED);
  }
  if (!target.enter(ProcessSource::kCmdline, kAll)) return;
  const auto process = target.open(PROCESS_QUERY_INFORMATION | PROCESS_VM_READ);
  Parameters parameters;
  const DWORD unreadable = process ? find_parameters(process.get(), parameters) : process.error;
  const std::uint64_t base = parameters.address;
  std::u16string text;
  if (target.wants(A::kCmdline)) {
    DWORD error = unreadable;
    if (error == ERROR_SUCCESS) {
      error = read_text(process.get(), base + (parameters.is_32_bit ? 0x40 : 0x70), parameters.is_32_bit, text);
    }
    if (error != ERROR_SUCCESS && target.handle()) {
      if (ask_command_line(target.handle().get(), text) == ERROR_SUCCESS) error = ERROR_SUCCESS;
    }
    row.cmdline = parse_command_line(text);
    if (error == ERROR_SUCCESS) row.present.add(A::kCmdline);
    if (error != ERROR_SUCCESS) target.fail({A::kCmdline}, error);
  }
  if (unreadable != ERROR_SUCCESS) return target.fail({A::kCwd, A::kEnviron}, unreadable);
  if (target.wants(A::kCwd) && target.enter(ProcessSource::kCwd, {A::kCwd})) {
    const DWORD error =
        read_text(process.get(), base + (parameters.is_32_bit ? 0x24 : 0x38), parameters.is_32_bit, text);
    row.cwd = to_utf8(without_last_backslash(text));
    if (error == ERROR_SUCCESS) row.present.add(A::kCwd);
    if (error != ERROR_SUCCESS) target.fail({A::kCwd}, error);
  }
  if (target.wants(A::kEnviron) && target.enter(ProcessSource::kEnviron, {A::kEnviron})) {
    text.clear();
    const DWORD error = read_environment(process.get(), parameters, text);
    row.environment = parse_environment_block(text);
    if (error == ERROR_SUCCESS) row.present.add(A::kEnviron);
    if (error != ERROR_SUCCESS) target.fail({A::kEnviron}, error);
  }
}

}  // namespace hostscope::windows_os
