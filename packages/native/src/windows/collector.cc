// SPDX-License-Identifier: Apache-2.0
#include "windows/collector.h"

#include <utility>

#include "core/clock.h"
#include "windows/process_handle.h"
#include "windows/win32.h"

namespace hostscope {
namespace windows_os {
namespace {

// A thread that is stuck in the kernel may come back after the last environment that loaded this has ended: its code
// must still be there.
void stay_loaded() {
  HMODULE self = nullptr;
  ::GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                       reinterpret_cast<const wchar_t*>(&stay_loaded), &self);
}

}  // namespace

WindowsCollector::WindowsCollector(std::vector<std::string> protected_names)
    : context_(std::make_shared<ProcessContext>(std::move(protected_names))) {
  stay_loaded();
  enable_debug_privilege();
}

}  // namespace windows_os

std::unique_ptr<Collector> make_collector(const Roots&, std::vector<std::string> protected_names) {
  return std::make_unique<windows_os::WindowsCollector>(std::move(protected_names));
}

std::string_view platform_name() { return "windows"; }

std::uint64_t core::boottime_ns() { return std::uint64_t{::GetTickCount64()} * 1'000'000; }

}  // namespace hostscope
