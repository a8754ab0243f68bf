// SPDX-License-Identifier: Apache-2.0
// Windows' own headers, in the order that they need, and their handles and texts as ours.
#pragma once

// clang-format off
#include <winsock2.h>
#include <windows.h>
#include <psapi.h>
#include <winioctl.h>
#include <wtsapi32.h>
// clang-format on

#include <string>
#include <string_view>
#include <utility>

#include "windows/utf16.h"

namespace hostscope::windows_os {

inline const wchar_t* wide(const std::u16string& text) { return reinterpret_cast<const wchar_t*>(text.c_str()); }
inline wchar_t* wide(char16_t* buffer) { return reinterpret_cast<wchar_t*>(buffer); }
inline std::u16string_view utf16(const wchar_t* text) {
  return text == nullptr ? std::u16string_view() : std::u16string_view(reinterpret_cast<const char16_t*>(text));
}
inline std::string utf8(const wchar_t* text) { return to_utf8(utf16(text)); }

// Owns one handle. Closing keeps the last error, so that it can be reported after a handle went out of scope.
class UniqueHandle {
 public:
  UniqueHandle() = default;
  explicit UniqueHandle(HANDLE handle) : handle_(handle == INVALID_HANDLE_VALUE ? nullptr : handle) {}
  UniqueHandle(UniqueHandle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  UniqueHandle& operator=(UniqueHandle&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~UniqueHandle() {
    if (handle_ == nullptr) return;
    const DWORD kept = ::GetLastError();
    ::CloseHandle(handle_);
    ::SetLastError(kept);
  }
  HANDLE get() const { return handle_; }
  // For somebody else to close.
  HANDLE release() { return std::exchange(handle_, nullptr); }
  explicit operator bool() const { return handle_ != nullptr; }

 private:
  HANDLE handle_ = nullptr;
};

// A function that some systems lack: null there, for a missing import would keep the whole addon from loading.
template <class Function>
Function* find_function(const wchar_t* library, const char* name) {
  const HMODULE module = ::LoadLibraryExW(library, nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32);
  if (module == nullptr) return nullptr;  // never freed: what is found points into it
  return reinterpret_cast<Function*>(reinterpret_cast<void*>(::GetProcAddress(module, name)));
}

}  // namespace hostscope::windows_os
