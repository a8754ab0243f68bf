// SPDX-License-Identifier: Apache-2.0
// Answers in psutil's terms by Windows' documented functions, as an independent opinion: the collector takes most from
// elsewhere. A line "cpu_times" or "name PID" is answered by a line of JSON, {"value": ...} or {"error": code}.
#include <windows.h>
// After windows.h, which they need.
#include <psapi.h>
#include <tlhelp32.h>

#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "windows_text.h"

using namespace hostscope_test;

namespace {

using Number = unsigned long long;
using Answer = std::optional<std::string>;  // nothing: GetLastError() says why

constexpr double kTicks = 1e7;
constexpr Number kEpoch = 116'444'736'000'000'000;

Number ticks(FILETIME time) { return (Number{time.dwHighDateTime} << 32) | time.dwLowDateTime; }
double seconds(FILETIME time) { return static_cast<double>(ticks(time)) / kTicks; }

Answer cpu_times() {
  FILETIME idle, kernel, user;
  if (!GetSystemTimes(&idle, &kernel, &user)) return {};
  return object({member("user", seconds(user)), member("system", seconds(kernel) - seconds(idle)),
                 member("idle", seconds(idle))});
}

Answer cpu_count() {
  SYSTEM_INFO info;
  GetNativeSystemInfo(&info);
  return std::to_string(info.dwNumberOfProcessors);
}

Answer virtual_memory() {
  MEMORYSTATUSEX status{};
  status.dwLength = sizeof status;
  if (!GlobalMemoryStatusEx(&status)) return {};
  const Number used = status.ullTotalPhys - status.ullAvailPhys;
  return object({member("total", Number{status.ullTotalPhys}), member("available", Number{status.ullAvailPhys}),
                 member("free", Number{status.ullAvailPhys}), member("used", used),
                 member("percent", Number{status.dwMemoryLoad})});
}

Answer boot_time() {
  FILETIME now;
  GetSystemTimeAsFileTime(&now);
  const double booted = static_cast<double>(ticks(now) - kEpoch) / kTicks - static_cast<double>(GetTickCount64()) / 1e3;
  return std::to_string(booted);
}

Answer page_size() {
  SYSTEM_INFO info;
  GetSystemInfo(&info);
  return std::to_string(info.dwPageSize);
}

Answer pids() {
  std::vector<DWORD> found(65'536);
  DWORD size = 0;
  if (!EnumProcesses(found.data(), static_cast<DWORD>(found.size() * sizeof(DWORD)), &size)) return {};
  found.resize(size / sizeof(DWORD));
  std::vector<std::string> numbers;
  for (const DWORD pid : found) numbers.push_back(std::to_string(pid));
  return list(numbers);
}

/** Every entry of a list of Toolhelp's that is `meant`, as JSON. */
template <typename Entry, typename Meant>
Answer entries(DWORD kind, BOOL(WINAPI* first)(HANDLE, Entry*), BOOL(WINAPI* next)(HANDLE, Entry*), Meant meant) {
  const HANDLE snapshot = CreateToolhelp32Snapshot(kind, 0);
  if (snapshot == INVALID_HANDLE_VALUE) return {};
  std::vector<std::string> items;
  Entry entry{};
  entry.dwSize = sizeof entry;
  for (BOOL more = first(snapshot, &entry); more; more = next(snapshot, &entry)) {
    if (const Answer item = meant(entry)) items.push_back(*item);
  }
  CloseHandle(snapshot);
  return list(items);
}

Answer processes() {
  return entries<PROCESSENTRY32W>(TH32CS_SNAPPROCESS, Process32FirstW, Process32NextW, [](const auto& each) {
    return Answer(object({member("pid", Number{each.th32ProcessID}), member("ppid", Number{each.th32ParentProcessID}),
                          member("name", quoted(std::wstring_view(each.szExeFile))),
                          member("num_threads", Number{each.cntThreads})}));
  });
}

Answer thread_ids(DWORD pid) {
  return entries<THREADENTRY32>(TH32CS_SNAPTHREAD, Thread32First, Thread32Next, [&](const auto& each) {
    return each.th32OwnerProcessID == pid ? Answer(std::to_string(each.th32ThreadID)) : Answer();
  });
}

Answer disk_partitions() {
  wchar_t drives[512];
  const DWORD length = GetLogicalDriveStringsW(512, drives);
  std::vector<std::string> rows;
  for (const wchar_t* drive = drives; drive < drives + length; drive += wcslen(drive) + 1) {
    wchar_t type[64] = L"";
    DWORD flags = 0;
    if (!GetVolumeInformationW(drive, nullptr, 0, nullptr, nullptr, &flags, type, 64)) continue;
    rows.push_back(object({member("mountpoint", quoted(std::wstring_view(drive))),
                           member("fstype", quoted(std::wstring_view(type))),
                           member("read_only", Number{(flags & FILE_READ_ONLY_VOLUME) != 0})}));
  }
  return list(rows);
}

Answer create_time(HANDLE process) {
  FILETIME made, ended, kernel, user;
  if (!GetProcessTimes(process, &made, &ended, &kernel, &user)) return {};
  return std::to_string(static_cast<double>(ticks(made) - kEpoch) / kTicks);
}

Answer memory_info(HANDLE process) {
  PROCESS_MEMORY_COUNTERS counters{};
  if (!GetProcessMemoryInfo(process, &counters, sizeof counters)) return {};
  return object({member("rss", Number{counters.WorkingSetSize}), member("vms", Number{counters.PagefileUsage}),
                 member("peak_wset", Number{counters.PeakWorkingSetSize})});
}

Answer exe(HANDLE process) {
  wchar_t path[MAX_PATH * 4];
  const DWORD length = GetModuleFileNameExW(process, nullptr, path, MAX_PATH * 4);
  if (length == 0) return {};
  return quoted(std::wstring_view(path, length));
}

Answer username(HANDLE process) {
  HANDLE token = nullptr;
  if (!OpenProcessToken(process, TOKEN_QUERY, &token)) return {};
  alignas(TOKEN_USER) char buffer[512];
  DWORD size = 0;
  const BOOL known = GetTokenInformation(token, TokenUser, buffer, sizeof buffer, &size);
  CloseHandle(token);
  wchar_t name[256], domain[256];
  DWORD name_size = 256, domain_size = 256;
  SID_NAME_USE use;
  if (!known || !LookupAccountSidW(nullptr, reinterpret_cast<TOKEN_USER*>(buffer)->User.Sid, name, &name_size, domain,
                                   &domain_size, &use))
    return {};
  return quoted(std::wstring(domain) + L"\\" + name);
}

Answer affinity(HANDLE process) {
  DWORD_PTR own = 0, host = 0;
  if (!GetProcessAffinityMask(process, &own, &host)) return {};
  std::vector<std::string> cpus;
  for (unsigned cpu = 0; cpu < 64; ++cpu) {
    if ((own >> cpu & 1) != 0) cpus.push_back(std::to_string(cpu));
  }
  return list(cpus);
}

Answer nice(HANDLE process) {
  const DWORD found = GetPriorityClass(process);
  if (found == 0) return {};
  return std::to_string(found);
}

Answer handles(HANDLE process) {
  DWORD count = 0;
  if (!GetProcessHandleCount(process, &count)) return {};
  return std::to_string(count);
}

const std::map<std::string, std::function<Answer()>> kOfHost = {
    {"cpu_times", cpu_times}, {"cpu_count", cpu_count}, {"virtual_memory", virtual_memory},
    {"boot_time", boot_time}, {"page_size", page_size}, {"disk_partitions", disk_partitions},
    {"processes", processes}, {"pids", pids},
};
const std::map<std::string, std::function<Answer(HANDLE)>> kOfProcess = {
    {"create_time", create_time}, {"memory_info", memory_info}, {"exe", exe},
    {"username", username},       {"cpu_affinity", affinity},   {"nice", nice},
    {"num_handles", handles},
};

Answer unknown() {
  SetLastError(ERROR_INVALID_FUNCTION);
  return {};
}

Answer answer(const std::string& question) {
  const size_t blank = question.find(' ');
  const std::string what = question.substr(0, blank);
  if (blank == std::string::npos) return kOfHost.contains(what) ? kOfHost.at(what)() : unknown();
  const DWORD pid = static_cast<DWORD>(std::atoll(question.c_str() + blank));
  if (what == "thread_ids") return thread_ids(pid);
  if (!kOfProcess.contains(what)) return unknown();
  const HANDLE process = OpenProcess(PROCESS_QUERY_INFORMATION | PROCESS_VM_READ, FALSE, pid);
  if (process == nullptr) return {};
  const Answer found = kOfProcess.at(what)(process);
  CloseHandle(process);
  return found;
}

}  // namespace

int wmain() {
  for (std::string question; hear(question);) {
    const Answer found = answer(question);
    say(object({found ? member("value", *found) : member("error", Number{GetLastError()})}));
  }
  return 0;
}
