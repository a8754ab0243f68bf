// SPDX-License-Identifier: Apache-2.0
#ifndef HOSTSCOPE_WIRE_PARTS_H_
#define HOSTSCOPE_WIRE_PARTS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "wire/reader.h"

namespace hostscope::wire {

// One encoded message, cut at the borders of its fields: all occurrences of a field that stand together are one part.
// So two states of a message can be compared, and the difference sent, without knowing what its fields mean.
class Parts {
 public:
  struct Part {
    uint32_t field;
    std::string_view bytes;  // with their tags
  };

  Parts() = default;
  // Of bytes that we have encoded: what follows a defect is left out.
  explicit Parts(std::string bytes) : bytes_(std::move(bytes)) { cut(); }
  // Takes a copy in the place of what it had, whose memory it uses again.
  void assign(std::string_view bytes) {
    bytes_.assign(bytes);
    cuts_.clear();
    cut();
  }

  size_t size() const { return cuts_.size(); }
  Part operator[](size_t at) const {
    const Cut& cut = cuts_[at];
    return {cut.field, std::string_view(bytes_).substr(cut.begin, cut.end - cut.begin)};
  }
  // Empty if the message does not have the field.
  std::string_view find(uint32_t field) const {
    for (size_t at = 0; at < cuts_.size(); ++at) {
      if (cuts_[at].field == field) return (*this)[at].bytes;
    }
    return {};
  }

 private:
  struct Cut {
    uint32_t field;
    size_t begin, end;
  };
  void cut() {
    Reader reader(bytes_);
    size_t begin = 0;
    while (reader.next() && reader.skip()) {
      const size_t end = reader.offset(bytes_);
      if (!cuts_.empty() && cuts_.back().field == reader.field()) {
        cuts_.back().end = end;
      } else {
        cuts_.push_back({reader.field(), begin, end});
      }
      begin = end;
    }
  }

  std::string bytes_;
  std::vector<Cut> cuts_;
};

// A set of the fields of a message, as far as they are numbered below 64.
class FieldSet {
 public:
  constexpr FieldSet() = default;
  constexpr explicit FieldSet(uint64_t bits) : bits_(bits) {}
  constexpr void add(uint32_t field) { bits_ |= bit(field); }
  constexpr bool has(uint32_t field) const { return (bits_ & bit(field)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr FieldSet operator&(FieldSet other) const { return FieldSet(bits_ & other.bits_); }
  constexpr FieldSet operator|(FieldSet other) const { return FieldSet(bits_ | other.bits_); }
  constexpr FieldSet without(FieldSet other) const { return FieldSet(bits_ & ~other.bits_); }
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (uint64_t rest = bits_; rest != 0; rest &= rest - 1) visit(static_cast<uint32_t>(__builtin_ctzll(rest)));
  }

 private:
  static constexpr uint64_t bit(uint32_t field) { return field < 64 ? uint64_t{1} << field : 0; }
  uint64_t bits_ = 0;
};

// What became of the fields from one state of a message to the next.
struct PartsDifference {
  FieldSet changed;  // new, or with other bytes
  FieldSet cleared;  // there before, and no more

  bool empty() const { return changed.empty() && cleared.empty(); }
};

// `now` is without the fields that are known to be as before.
inline PartsDifference difference(const Parts& before, const Parts& now, FieldSet unchanged = {}) {
  PartsDifference result;
  for (size_t at = 0; at < now.size(); ++at) {
    const auto part = now[at];
    if (before.find(part.field) != part.bytes) result.changed.add(part.field);
  }
  for (size_t at = 0; at < before.size(); ++at) {
    if (!unchanged.has(before[at].field) && now.find(before[at].field).empty()) result.cleared.add(before[at].field);
  }
  return result;
}

}  // namespace hostscope::wire

#endif  // HOSTSCOPE_WIRE_PARTS_H_
