// SPDX-License-Identifier: Apache-2.0
// A service that does nothing: it can be paused, takes its time to start, and fails if its first argument says "fail".
#include <windows.h>

#include <cwchar>

namespace {

constexpr DWORD kStartMs = 500, kFailure = 42;

SERVICE_STATUS_HANDLE handle = nullptr;
HANDLE over = nullptr;

void tell(DWORD state, DWORD exit_code = NO_ERROR) {
  SERVICE_STATUS status{};
  status.dwServiceType = SERVICE_WIN32_OWN_PROCESS;
  status.dwCurrentState = state;
  const bool rests = state == SERVICE_RUNNING || state == SERVICE_PAUSED;
  status.dwControlsAccepted = rests ? SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_PAUSE_CONTINUE : 0;
  status.dwWin32ExitCode = exit_code == NO_ERROR ? NO_ERROR : ERROR_SERVICE_SPECIFIC_ERROR;
  status.dwServiceSpecificExitCode = exit_code;
  SetServiceStatus(handle, &status);
}

DWORD WINAPI obey(DWORD order, DWORD, void*, void*) {
  switch (order) {
    case SERVICE_CONTROL_STOP:
      tell(SERVICE_STOP_PENDING);
      SetEvent(over);
      return NO_ERROR;
    case SERVICE_CONTROL_PAUSE:
      tell(SERVICE_PAUSED);
      return NO_ERROR;
    case SERVICE_CONTROL_CONTINUE:
      tell(SERVICE_RUNNING);
      return NO_ERROR;
    case SERVICE_CONTROL_INTERROGATE:
      return NO_ERROR;
    default:
      return ERROR_CALL_NOT_IMPLEMENTED;
  }
}

void WINAPI serve(DWORD count, wchar_t** arguments) {
  over = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  handle = RegisterServiceCtrlHandlerExW(arguments[0], obey, nullptr);
  tell(SERVICE_START_PENDING);
  Sleep(kStartMs);
  if (count > 1 && std::wcscmp(arguments[1], L"fail") == 0) {
    tell(SERVICE_STOPPED, kFailure);
    return;
  }
  tell(SERVICE_RUNNING);
  WaitForSingleObject(over, INFINITE);
  tell(SERVICE_STOPPED);
}

}  // namespace

int wmain() {
  wchar_t name[] = L"";
  SERVICE_TABLE_ENTRYW table[] = {{name, serve}, {nullptr, nullptr}};
  return StartServiceCtrlDispatcherW(table) ? 0 : 1;
}
