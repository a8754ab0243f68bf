// SPDX-License-Identifier: Apache-2.0
// What a program of Windows sees of itself and of another, by calls that the collector does not make. Results go to
// standard output as UTF-8; fields end with a zero.
//   show ARGUMENT...   its arguments without these two words, an empty field, working directory, then its environment
//   exit CODE          ends with this code, which may be one of an exception
//   hold COUNT FILE    opens FILE so many times, writes its pid, and waits to be ended
//   counts PID         handles, then read and write operations and bytes of that process
//   handles PID        how many handles of that process are in the list of all, for each line of standard input
//   load FILE          loads a library; ends with 0, or with Windows' error
//   account PID        SID and DOMAIN\user that it runs as, by its token

// clang-format off
#include <winsock2.h>
#include <windows.h>
#include <sddl.h>
#include <shellapi.h>
// clang-format on

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

void say(std::wstring_view text) {
  char utf8[16'384];
  const int size = ::WideCharToMultiByte(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), utf8, sizeof utf8,
                                         nullptr, nullptr);
  std::fwrite(utf8, 1, static_cast<std::size_t>(size), stdout);
  std::fputc(0, stdout);
}

int show() {
  int count = 0;
  wchar_t** const words = ::CommandLineToArgvW(::GetCommandLineW(), &count);
  for (int i = 2; i < count; ++i) say(words[i]);
  say(L"");
  wchar_t cwd[1024];
  ::GetCurrentDirectoryW(1024, cwd);
  say(cwd);
  const wchar_t* variable = ::GetEnvironmentStringsW();
  for (; *variable != L'\0'; variable += std::wstring_view(variable).size() + 1) say(variable);
  return 0;
}

int hold(int count, const wchar_t* file) {
  constexpr DWORD kShare = FILE_SHARE_READ | FILE_SHARE_WRITE;
  for (int i = 0; i < count; ++i) {
    if (::CreateFileW(file, GENERIC_READ, kShare, nullptr, OPEN_EXISTING, 0, nullptr) == INVALID_HANDLE_VALUE) return 1;
  }
  say(std::to_wstring(::GetCurrentProcessId()));
  std::fflush(stdout);
  ::Sleep(600'000);
  return 0;
}

int counts(DWORD pid) {
  const HANDLE process = ::OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, pid);
  DWORD handles = 0;
  IO_COUNTERS io{};
  if (!::GetProcessHandleCount(process, &handles) || !::GetProcessIoCounters(process, &io)) return 1;
  say(std::to_wstring(handles));
  for (const auto number :
       {io.ReadOperationCount, io.WriteOperationCount, io.ReadTransferCount, io.WriteTransferCount}) {
    say(std::to_wstring(number));
  }
  return 0;
}

// Wine keeps no count of a process's handles, but has this list.
std::size_t handles_of(DWORD pid) {
  struct Entry {
    void* object;
    ULONG_PTR pid, handle;
    ULONG access;
    USHORT creator, type;
    ULONG attributes, reserved;
  };
  constexpr ULONG kExtendedHandles = 64;
  using Query = LONG NTAPI(ULONG, void*, ULONG, ULONG*);
  static auto* const query = reinterpret_cast<Query*>(
      reinterpret_cast<void*>(::GetProcAddress(::GetModuleHandleW(L"ntdll.dll"), "NtQuerySystemInformation")));
  std::vector<ULONG_PTR> buffer(1U << 20);
  if (query(kExtendedHandles, buffer.data(), static_cast<ULONG>(buffer.size() * sizeof(ULONG_PTR)), nullptr) != 0) {
    return 0;
  }
  const auto* const entries = reinterpret_cast<const Entry*>(buffer.data() + 2);
  return static_cast<std::size_t>(
      std::count_if(entries, entries + buffer[0], [pid](const Entry& entry) { return entry.pid == pid; }));
}

int handles(DWORD pid) {
  while (std::fgetc(stdin) == '\n') {
    say(std::to_wstring(handles_of(pid)));
    std::fflush(stdout);
  }
  return 0;
}

int account(DWORD pid) {
  const HANDLE process = ::OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, pid);
  HANDLE token = nullptr;
  if (!::OpenProcessToken(process, TOKEN_QUERY, &token)) return 1;
  alignas(TOKEN_USER) char buffer[1024];
  DWORD size = 0;
  if (!::GetTokenInformation(token, TokenUser, buffer, sizeof buffer, &size)) return 1;
  const PSID sid = reinterpret_cast<TOKEN_USER*>(buffer)->User.Sid;
  wchar_t* text = nullptr;
  wchar_t user[256], domain[256];
  DWORD user_size = 256, domain_size = 256;
  SID_NAME_USE use{};
  if (!::ConvertSidToStringSidW(sid, &text)) return 1;
  if (!::LookupAccountSidW(nullptr, sid, user, &user_size, domain, &domain_size, &use)) return 1;
  say(text);
  say(std::wstring(domain) + L"\\" + user);
  return 0;
}

}  // namespace

extern "C" int wmain(int argc, wchar_t** argv) {
  const std::wstring_view what = argc > 1 ? argv[1] : L"";
  const auto number = argc > 2 ? std::wcstoul(argv[2], nullptr, 0) : 0;
  if (what == L"show") return show();
  if (what == L"exit") ::ExitProcess(number);
  if (what == L"hold" && argc > 3) return hold(static_cast<int>(number), argv[3]);
  if (what == L"counts") return counts(number);
  if (what == L"handles") return handles(number);
  if (what == L"load" && argc > 2) return ::LoadLibraryW(argv[2]) != nullptr ? 0 : static_cast<int>(::GetLastError());
  if (what == L"account") return account(number);
  return 2;
}
