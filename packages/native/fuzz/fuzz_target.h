// SPDX-License-Identifier: Apache-2.0
// What a fuzz target is: a function that gets any bytes. All targets are in one program; see main.cc.
#pragma once

#include <string_view>

#include "core/check.h"

namespace hostscope::fuzz {

struct Target {
  const char* name;
  void (*run)(std::string_view text);
  Target* next;
};

inline Target* first_target = nullptr;

// Puts a target on the list before main() begins.
struct Registration {
  explicit Registration(Target& target) {
    target.next = first_target;
    first_target = &target;
  }
};

// Whether a view that a parser gave points into the text that it got.
inline bool is_within(std::string_view part, std::string_view text) {
  return part.empty() || (part.data() >= text.data() && part.data() + part.size() <= text.data() + text.size());
}

}  // namespace hostscope::fuzz

// FUZZ_TARGET(parse_x) { parse_x(text); } is named after the function it fuzzes; its seeds are in corpus/parse_x.
// `text` ends where readable memory ends. Besides what the sanitizers find, CHECK() what the header promises.
#define FUZZ_TARGET(name)                                                        \
  static void fuzz_##name(std::string_view text);                                \
  static hostscope::fuzz::Target target_##name{#name, fuzz_##name, nullptr};     \
  static const hostscope::fuzz::Registration registration_##name(target_##name); \
  static void fuzz_##name([[maybe_unused]] std::string_view text)
