// SPDX-License-Identifier: Apache-2.0
// _dl_find_object() of glibc 2.35, made of what all C libraries have: with it the unwinder that is linked in finds the
// tables of the code that it is in. Hidden. For builds that must run on old glibc, or on another C library.

#include <link.h>

#include <cstdint>

namespace {

// What glibc calls dl_find_object, on architectures whose tables need no base.
struct FoundObject {
  unsigned long long flags;
  void* begin;
  void* end;
  link_map* map;
  void* tables;
  unsigned long long reserved[7];
};

struct Search {
  std::uintptr_t address;
  FoundObject* out;
};

int look_at(dl_phdr_info* object, std::size_t, void* data) {
  const Search& search = *static_cast<Search*>(data);
  bool is_here = false;
  for (int at = 0; at < object->dlpi_phnum; ++at) {
    const ElfW(Phdr)& segment = object->dlpi_phdr[at];
    const std::uintptr_t begin = object->dlpi_addr + segment.p_vaddr;
    if (segment.p_type == PT_GNU_EH_FRAME) search.out->tables = reinterpret_cast<void*>(begin);
    if (segment.p_type != PT_LOAD || search.address < begin || search.address - begin >= segment.p_memsz) continue;
    is_here = true;
    search.out->begin = reinterpret_cast<void*>(begin);
    search.out->end = reinterpret_cast<void*>(begin + segment.p_memsz);
  }
  if (!is_here) search.out->tables = nullptr;
  return is_here ? 1 : 0;
}

}  // namespace

// By its label, for the headers of newer C libraries declare the name with a type of their own.
extern "C" [[gnu::visibility("hidden")]] int hostscope_find_object(void* address, FoundObject* out) noexcept
    asm("_dl_find_object");

int hostscope_find_object(void* address, FoundObject* out) noexcept {
  *out = {};
  Search search{reinterpret_cast<std::uintptr_t>(address), out};
  return dl_iterate_phdr(look_at, &search) == 1 && out->tables != nullptr ? 0 : -1;
}
