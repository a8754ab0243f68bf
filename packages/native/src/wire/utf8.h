// SPDX-License-Identifier: Apache-2.0
#ifndef HOSTSCOPE_WIRE_UTF8_H_
#define HOSTSCOPE_WIRE_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace hostscope::wire::utf8 {

// Length of the leading run of ASCII. Names and paths are nearly always ASCII, so eight bytes are looked at together.
inline size_t ascii_prefix(std::string_view bytes) {
  size_t at = 0;
  while (bytes.size() - at >= sizeof(uint64_t)) {
    uint64_t chunk;
    std::memcpy(&chunk, bytes.data() + at, sizeof chunk);
    if ((chunk & 0x8080808080808080U) != 0) break;
    at += sizeof chunk;
  }
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at;
}

// One step through a string: a whole character, or a maximal subpart of an ill-formed one (Unicode, table 3-7).
struct Step {
  size_t length;
  bool well_formed;
};

// Looks at the character that begins at `at`, which must lie within `bytes`.
inline Step step(std::string_view bytes, size_t at) {
  const auto byte = [&](size_t index) { return static_cast<unsigned char>(bytes[index]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {1, true};
  if (lead < 0xC2 || lead > 0xF4) return {1, false};
  const size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  // Only the second byte has limits of its own: they shut out overlong forms, surrogates and what is beyond U+10FFFF.
  unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  for (size_t taken = 1; taken < length; ++taken) {
    if (at + taken >= bytes.size() || byte(at + taken) < low || byte(at + taken) > high) return {taken, false};
    low = 0x80;
    high = 0xBF;
  }
  return {length, true};
}

// Length of the longest well-formed prefix.
inline size_t well_formed_prefix(std::string_view bytes) {
  size_t at = ascii_prefix(bytes);
  while (at < bytes.size()) {
    const Step next = step(bytes, at);
    if (!next.well_formed) return at;
    at += next.length;
  }
  return at;
}

inline bool is_well_formed(std::string_view bytes) { return well_formed_prefix(bytes) == bytes.size(); }

// Replaces each maximal ill-formed subpart by U+FFFD, as the WHATWG decoder and so every JavaScript engine does.
inline std::string make_well_formed(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + 8);
  for (size_t at = 0; at < bytes.size();) {
    const Step next = step(bytes, at);
    out.append(next.well_formed ? bytes.substr(at, next.length) : std::string_view("\xEF\xBF\xBD"));
    at += next.length;
  }
  return out;
}

}  // namespace hostscope::wire::utf8

#endif  // HOSTSCOPE_WIRE_UTF8_H_
