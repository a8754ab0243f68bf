// sources: windows/command_line.cc windows/process_entries.cc windows/utf16.cc
// SPDX-License-Identifier: Apache-2.0
#include <cstring>

#include "fuzz_target.h"
#include "windows/command_line.h"
#include "windows/process_entries.h"
#include "windows/utf16.h"
#include "wire/utf8.h"

using namespace hostscope;
using namespace hostscope::windows_os;

namespace {

std::u16string units_of(std::string_view bytes) {
  std::u16string units(bytes.size() / sizeof(char16_t), u'\0');
  if (!units.empty()) std::memcpy(units.data(), bytes.data(), units.size() * sizeof(char16_t));
  return units;
}

}  // namespace

FUZZ_TARGET(to_utf16) {
  const auto units = to_utf16(text);
  // What is well-formed comes back; what is not has become so.
  CHECK(to_utf8(units) == wire::utf8::make_well_formed(text));
  CHECK(to_utf16(to_utf8(units_of(text))).size() == units_of(text).size());
}

FUZZ_TARGET(parse_command_line) {
  const auto units = units_of(text);
  const auto arguments = parse_command_line(units);
  CHECK(arguments.empty() == units.empty());
}

FUZZ_TARGET(parse_environment_block) {
  for (const auto& [name, value] : parse_environment_block(units_of(text))) CHECK(!name.empty());
}

FUZZ_TARGET(parse_process_entries) {
  const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
  const auto entries = parse_process_entries(bytes, reinterpret_cast<std::uint64_t>(text.data()));
  std::size_t threads = 0;
  for (const auto& entry : entries) threads += entry.threads.size();
  CHECK(entries.size() * 0x100 <= text.size() && threads * 0x50 <= text.size());
}
