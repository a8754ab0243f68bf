// SPDX-License-Identifier: Apache-2.0
#include "linux/smaps.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "core/saturating_sum.h"
#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

using core::saturating_sum;
using Value = std::optional<std::uint64_t>;

constexpr std::array<std::pair<std::string_view, Value SmapsRegion::*>, 10> kValues{{
    {"Rss", &SmapsRegion::rss},
    {"Pss", &SmapsRegion::pss},
    {"Size", &SmapsRegion::size},
    {"Swap", &SmapsRegion::swap},
    {"Anonymous", &SmapsRegion::anonymous},
    {"Referenced", &SmapsRegion::referenced},
    {"Shared_Clean", &SmapsRegion::shared_clean},
    {"Shared_Dirty", &SmapsRegion::shared_dirty},
    {"Private_Clean", &SmapsRegion::private_clean},
    {"Private_Dirty", &SmapsRegion::private_dirty},
}};

// What the process would give back begins so: Private_Clean, Private_Dirty, Private_Hugetlb.
constexpr std::string_view kPrivate = "Private_";

bool is_address_range(std::string_view text) {
  const auto is_hex = [](std::string_view digits) {
    return !digits.empty() && digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  };
  const auto dash = text.find('-');
  return dash != std::string_view::npos && is_hex(text.substr(0, dash)) && is_hex(text.substr(dash + 1));
}

// "123 kB" in bytes; empty for anything else, what has no or another unit included.
Value bytes_from(std::string_view text) {
  constexpr std::string_view kUnit = " kB";
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  if (!text.ends_with(kUnit)) return {};
  text.remove_suffix(kUnit.size());
  if (text == "0") return 0;
  auto value = whole_number(text);
  if (!value || __builtin_mul_overflow(*value, std::uint64_t{1024}, &*value)) return {};
  return value;
}

// A line as the kernel writes nearly all of them: a key and a colon, filled up with blanks, then a number with blanks
// before it, and the unit.
constexpr std::size_t kUsualNumber = 8;
constexpr std::string_view kUsualEnd = " kB\n";
constexpr std::size_t kUsualLine = SmapsParser::kUsualKey + kUsualNumber + kUsualEnd.size();

// A number of eight digits at most, with blanks before it; empty for anything else.
Value padded_number(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && text[at] == ' ') ++at;
  if (at == text.size()) return {};
  std::uint64_t value = 0;
  for (; at < text.size(); ++at) {
    const auto digit = static_cast<unsigned char>(text[at] - '0');
    if (digit > 9) return {};
    value = value * 10 + digit;
  }
  return value;
}

}  // namespace

void SmapsParser::feed(std::string_view piece) {
  for (;;) {
    if (begun_.empty() && in_region_) take_usual_lines(piece);
    const auto end = piece.find('\n');
    if (end == std::string_view::npos) {
      begun_ += piece;
      return;
    }
    if (begun_.empty()) {
      read_line(piece.substr(0, end));
    } else {
      begun_ += piece.substr(0, end);
      read_line(begun_);
      begun_.clear();
    }
    piece.remove_prefix(end + 1);
  }
}

void SmapsParser::take_usual_lines(std::string_view& piece) {
  constexpr std::string_view kZero = "       0 kB\n";
  const char* at = piece.data();
  const char* const end = at + piece.size();
  std::size_t line = line_;
  for (; line < usual_.size(); ++line, at += kUsualLine) {
    if (static_cast<std::size_t>(end - at) < kUsualLine) break;
    const auto& usual = usual_[line];
    if (std::memcmp(at, usual.key.data(), kUsualKey) != 0) break;
    std::uint64_t value = 0;
    if (std::memcmp(at + kUsualKey, kZero.data(), kZero.size()) != 0) {
      if (std::memcmp(at + kUsualKey + kUsualNumber, kUsualEnd.data(), kUsualEnd.size()) != 0) break;
      // Looked at even if nobody wants it: only then is it known that this is one line.
      const auto kilobytes = padded_number({at + kUsualKey, kUsualNumber});
      if (!kilobytes) break;
      value = *kilobytes * 1024;
    }
    if (usual.member != nullptr) region_.*usual.member = value;
    if (usual.is_private) sums_.uss = saturating_sum(sums_.uss, value);
  }
  line_ = line;
  piece.remove_prefix(static_cast<std::size_t>(at - piece.data()));
}

void SmapsParser::learn_usual_line(std::string_view line, Value SmapsRegion::*member, bool is_private) {
  if (line_ == usual_.size() || line.size() + 1 != kUsualLine) return;
  const auto colon = line.find(':');
  if (colon >= kUsualKey || line.find_first_not_of(' ', colon + 1) < kUsualKey) return;
  auto& usual = usual_[line_];
  line.copy(usual.key.data(), kUsualKey);
  usual.member = member;
  usual.is_private = is_private;
}

void SmapsParser::end() {
  if (!begun_.empty()) read_line(begun_);
  begun_.clear();
  finish_region();
}

void SmapsParser::read_line(std::string_view line) {
  // A list of everything has a million such lines: what a line is shows in its first letter.
  const bool is_value = !line.empty() && line.front() >= 'A' && line.front() <= 'Z';
  if (!is_value) {
    if (is_address_range(line.substr(0, line.find(' ')))) read_header(line);
  } else if (in_region_) {
    read_value(line);
    if (line_ < usual_.size()) ++line_;
  }
}

// "ADDRESSES PERMS OFFSET DEVICE INODE PATH"; the path may have blanks or be missing.
void SmapsParser::read_header(std::string_view line) {
  finish_region();
  in_region_ = true;
  empty_ = false;
  line_ = 0;
  region_.addr = take_word(line);
  region_.perms = take_word(line);
  for (int skipped = 0; skipped < 3; ++skipped) take_word(line);
  const auto path = line.find_first_not_of(' ');
  region_.path = path == std::string_view::npos ? std::string_view() : line.substr(path);
}

void SmapsParser::read_value(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return;
  const auto key = line.substr(0, colon);
  Value SmapsRegion::*member = nullptr;
  for (const auto& [name, candidate] : kValues) {
    if (key == name) member = candidate;
  }
  const bool is_private = key.starts_with(kPrivate);
  const auto value = bytes_from(line.substr(colon + 1));
  if (member != nullptr) region_.*member = value;
  if (is_private) sums_.uss = saturating_sum(sums_.uss, value.value_or(0));
  learn_usual_line(line, member, is_private);
}

void SmapsParser::finish_region() {
  if (!std::exchange(in_region_, false)) return;
  if (region_.pss) sums_.pss = saturating_sum(sums_.pss.value_or(0), *region_.pss);
  if (region_.swap) sums_.swap = saturating_sum(sums_.swap.value_or(0), *region_.swap);
  if (take_) take_(region_);
  for (const auto& [name, member] : kValues) region_.*member = std::nullopt;
}

}  // namespace hostscope::linux_os
