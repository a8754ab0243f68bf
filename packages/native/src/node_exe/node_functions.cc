// SPDX-License-Identifier: Apache-2.0
// Where the addon for Windows has Node's functions from: the program that loads it, whatever that is called. An import
// would name node.exe, and Electron and single executables are called otherwise. With node-gyp its own hook does this.

#include <windows.h>

#include <cstring>

extern "C" {
// Made by scripts/lib/node-thunks.mjs, of what the addon calls: one address for each name, and an empty name last.
extern FARPROC hostscope_node_functions[];
extern const char hostscope_node_names[];
}

namespace {

bool find_in(HMODULE module) {
  if (module == nullptr) return false;
  std::size_t at = 0;
  for (const char* name = hostscope_node_names; *name != '\0'; name += std::strlen(name) + 1) {
    const FARPROC found = ::GetProcAddress(module, name);
    if (found == nullptr) return false;
    hostscope_node_functions[at++] = found;
  }
  return true;
}

}  // namespace

// What the program lacks is told when the addon is loaded, not when it is called for.
extern "C" BOOL WINAPI DllMain(HINSTANCE, DWORD reason, LPVOID) {
  if (reason != DLL_PROCESS_ATTACH) return TRUE;
  // Some keep Node in a library beside them.
  return find_in(::GetModuleHandleW(nullptr)) || find_in(::GetModuleHandleW(L"libnode.dll")) ||
         find_in(::GetModuleHandleW(L"node.dll"));
}
