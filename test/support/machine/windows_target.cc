// SPDX-License-Identifier: Apache-2.0
// A program that tests look at and act on, as target.py is on Linux: the same options, the same orders.
//
// Options: --memory BYTES, --threads N, --open PATH (to read; again for more), --children 3,2 (three, each with two).
// Everything else is ignored, and so marks it. When it is ready it prints one line of JSON, what it knows of itself.
// Orders, one a line: "exit CODE", "spin MS" (prints a line when done). It ends with its standard input.
#include <windows.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "windows_text.h"

using namespace hostscope_test;

namespace {

DWORD WINAPI sleep_for_good(void*) {
  Sleep(INFINITE);
  return 0;
}

std::wstring own_path() {
  wchar_t path[MAX_PATH * 4];
  return {path, GetModuleFileNameW(nullptr, path, MAX_PATH * 4)};
}

/** Starts this program again with `children` of its own. Gives what it says of itself; it ends when we do. */
std::string start_child(const std::wstring& children) {
  SECURITY_ATTRIBUTES inherited{sizeof inherited, nullptr, TRUE};
  HANDLE in_read, in_write, out_read, out_write;
  if (!CreatePipe(&in_read, &in_write, &inherited, 0) || !CreatePipe(&out_read, &out_write, &inherited, 0)) return "";
  SetHandleInformation(in_write, HANDLE_FLAG_INHERIT, 0);  // or a sister would keep it open
  SetHandleInformation(out_read, HANDLE_FLAG_INHERIT, 0);
  STARTUPINFOW startup{};
  startup.cb = sizeof startup;
  startup.dwFlags = STARTF_USESTDHANDLES;
  startup.hStdInput = in_read;
  startup.hStdOutput = out_write;
  startup.hStdError = GetStdHandle(STD_ERROR_HANDLE);
  std::wstring command = L"\"" + own_path() + L"\"";
  if (!children.empty()) command += L" --children " + children;
  PROCESS_INFORMATION made{};
  if (!CreateProcessW(nullptr, command.data(), nullptr, nullptr, TRUE, 0, nullptr, nullptr, &startup, &made)) return "";
  CloseHandle(in_read);
  CloseHandle(out_write);
  CloseHandle(made.hThread);
  CloseHandle(made.hProcess);
  std::string line;
  char each = 0;
  for (DWORD got = 0; ReadFile(out_read, &each, 1, &got, nullptr) && got == 1 && each != '\n';) {
    if (each != '\r') line += each;
  }
  return line;  // in_write stays open: its end is the child's end
}

std::string grow(const std::wstring& shape) {
  const size_t comma = shape.find(L',');
  const std::wstring rest = comma == std::wstring::npos ? L"" : shape.substr(comma + 1);
  std::vector<std::string> children;
  for (int left = _wtoi(shape.c_str()); left > 0; --left) children.push_back(start_child(rest));
  return list(children);
}

std::string environment() {
  std::vector<std::string> members;
  wchar_t* const block = GetEnvironmentStringsW();
  for (const wchar_t* at = block; *at != 0; at += wcslen(at) + 1) {
    const wchar_t* const equals = wcschr(at + 1, L'=');  // hidden ones begin with '='
    if (equals == nullptr) continue;
    members.push_back(member(utf8({at, static_cast<size_t>(equals - at)}), quoted(std::wstring_view(equals + 1))));
  }
  FreeEnvironmentStringsW(block);
  return object(members);
}

void burn(DWORD milliseconds) {
  FILETIME made, ended, kernel, user;
  const auto milliseconds_of = [](FILETIME time) {
    return ((static_cast<unsigned long long>(time.dwHighDateTime) << 32) + time.dwLowDateTime) / 10'000;
  };
  const auto used = [&] {
    GetProcessTimes(GetCurrentProcess(), &made, &ended, &kernel, &user);
    return milliseconds_of(kernel) + milliseconds_of(user);
  };
  for (const auto until = used() + milliseconds; used() < until;) {
  }
}

}  // namespace

int wmain(int count, wchar_t** arguments) {
  std::wstring shape = L"0";
  std::vector<std::string> own;
  for (int i = 0; i < count; ++i) {
    own.push_back(quoted(std::wstring_view(arguments[i])));
    const std::wstring option = arguments[i];
    const wchar_t* const value = i + 1 < count ? arguments[i + 1] : L"0";
    if (option == L"--children") shape = value;
    if (option == L"--memory") {
      const size_t bytes = static_cast<size_t>(_wtoi64(value));
      auto* const memory = static_cast<volatile char*>(VirtualAlloc(nullptr, bytes, MEM_COMMIT, PAGE_READWRITE));
      for (size_t at = 0; memory != nullptr && at < bytes; at += 4096) memory[at] = 1;
    }
    if (option == L"--threads") {
      for (int left = _wtoi(value); left > 0; --left) CreateThread(nullptr, 0, sleep_for_good, nullptr, 0, nullptr);
    }
    if (option == L"--open") {
      CreateFileW(value, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0, nullptr);
    }
  }
  const std::string children = grow(shape);
  wchar_t folder[MAX_PATH * 4];
  const DWORD length = GetCurrentDirectoryW(MAX_PATH * 4, folder);
  say(object({member("pid", static_cast<unsigned long long>(GetCurrentProcessId())), member("exe", quoted(own_path())),
              member("cmdline", list(own)), member("cwd", quoted(std::wstring_view(folder, length))),
              member("environ", environment()), member("children", children)}));
  for (std::string order; hear(order);) {
    if (order.starts_with("exit ")) ExitProcess(static_cast<UINT>(std::atoll(order.c_str() + 5)));
    if (order.starts_with("spin ")) {
      burn(static_cast<DWORD>(std::atoi(order.c_str() + 5)));
      say("done");
    }
  }
  return 0;
}
