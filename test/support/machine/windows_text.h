// SPDX-License-Identifier: Apache-2.0
// JSON for the programs that tests run on Windows.
#pragma once

#include <windows.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace hostscope_test {

inline std::string utf8(std::wstring_view text) {
  const int count = static_cast<int>(text.size());
  std::string bytes(
      static_cast<size_t>(WideCharToMultiByte(CP_UTF8, 0, text.data(), count, nullptr, 0, nullptr, nullptr)), 0);
  WideCharToMultiByte(CP_UTF8, 0, text.data(), count, bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr);
  return bytes;
}

inline std::wstring wide(std::string_view bytes) {
  const int count = static_cast<int>(bytes.size());
  std::wstring text(static_cast<size_t>(MultiByteToWideChar(CP_UTF8, 0, bytes.data(), count, nullptr, 0)), 0);
  MultiByteToWideChar(CP_UTF8, 0, bytes.data(), count, text.data(), static_cast<int>(text.size()));
  return text;
}

inline std::string quoted(std::string_view text) {
  std::string json = "\"";
  for (const char each : text) {
    const auto code = static_cast<unsigned char>(each);
    if (each == '"' || each == '\\') {
      json += '\\';
      json += each;
    } else if (code < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", code);
      json += escape;
    } else {
      json += each;
    }
  }
  return json + '"';
}

inline std::string quoted(std::wstring_view text) { return quoted(utf8(text)); }

/** One line to standard output, at once: whoever reads waits for it. */
inline void say(const std::string& line) {
  std::fputs((line + "\n").c_str(), stdout);
  std::fflush(stdout);
}

/** The next line of standard input into `line`; false at its end. */
inline bool hear(std::string& line) {
  line.clear();
  for (int each = 0; (each = std::fgetc(stdin)) != EOF;) {
    if (each == '\n') return true;
    if (each != '\r') line += static_cast<char>(each);
  }
  return false;
}

/** JSON objects and lists from texts that are JSON already. */
inline std::string joined(const std::vector<std::string>& parts, char open, char close) {
  std::string json(1, open);
  for (const auto& part : parts) json += (json.size() == 1 ? "" : ",") + part;
  return json + close;
}
inline std::string object(const std::vector<std::string>& members) { return joined(members, '{', '}'); }
inline std::string list(const std::vector<std::string>& items) { return joined(items, '[', ']'); }
inline std::string member(std::string_view name, std::string_view json) {
  return quoted(name) + ":" + std::string(json);
}
inline std::string member(std::string_view name, unsigned long long number) {
  return member(name, std::to_string(number));
}
inline std::string member(std::string_view name, double number) {
  char text[64];
  std::snprintf(text, sizeof text, "%.7f", number);
  return member(name, std::string_view(text));
}

}  // namespace hostscope_test
