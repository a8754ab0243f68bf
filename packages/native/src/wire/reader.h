// SPDX-License-Identifier: Apache-2.0
#ifndef HOSTSCOPE_WIRE_READER_H_
#define HOSTSCOPE_WIRE_READER_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "wire/utf8.h"
#include "wire/wire_type.h"

namespace hostscope::wire {

// Reads protobuf fields out of bytes that anybody may have sent. Never reads outside them, never throws, never recurses
// deeper than kMaxDepth. The first failure sticks: every later call returns false.
class Reader {
 public:
  // Both protobuf-es and protobuf's own parsers stop at 100.
  static constexpr int kMaxDepth = 100;

  explicit Reader(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  // Steps to the next field. False at the end of the message and after a failure; ok() tells which.
  bool next() {
    if (why_ != nullptr || at_ == end_) return false;
    uint64_t tag = 0;
    if (!varint(tag)) return false;
    if (tag > std::numeric_limits<uint32_t>::max() || tag >> 3 == 0) return fail("illegal field number");
    field_ = static_cast<uint32_t>(tag >> 3);
    type_ = static_cast<WireType>(tag & 7);
    return true;
  }

  // Number of the field that next() stepped to.
  uint32_t field() const { return field_; }
  bool ok() const { return why_ == nullptr; }
  // How far it has come in `bytes`, which it reads.
  size_t offset(std::string_view bytes) const { return static_cast<size_t>(at_ - bytes.data()); }

  // Says where the failure was, unless a nested message has said so already. Always false, to be returned.
  bool failed_in(const char* where) {
    if (where_ == nullptr) where_ = where;
    return false;
  }

  // E.g. "ProcessRef.pid: truncated".
  std::string error() const {
    return where_ == nullptr ? std::string(why_ == nullptr ? "" : why_) : std::string(where_) + ": " + why_;
  }

  bool get_uint64(uint64_t& out) { return expect(WireType::kVarint) && varint(out); }
  // Wider values are cut to the field's width, as protobuf has it.
  bool get_uint32(uint32_t& out) { return get_cast<uint32_t>(out); }
  bool get_int64(int64_t& out) { return get_cast<int64_t>(out); }
  bool get_int32(int32_t& out) { return get_cast<int32_t>(out); }
  bool get_bool(bool& out) {
    uint64_t value = 0;
    if (!get_uint64(value)) return false;
    out = value != 0;
    return true;
  }
  bool get_sint64(int64_t& out) {
    uint64_t value = 0;
    if (!get_uint64(value)) return false;
    out = static_cast<int64_t>((value >> 1) ^ (~(value & 1) + 1));
    return true;
  }
  bool get_sint32(int32_t& out) {
    uint32_t value = 0;
    if (!get_uint32(value)) return false;
    out = static_cast<int32_t>((value >> 1) ^ (~(value & 1) + 1));
    return true;
  }
  // Open enums: a number this version does not know is kept.
  template <class Enum>
  bool get_enum(Enum& out) {
    int32_t value = 0;
    if (!get_int32(value)) return false;
    out = static_cast<Enum>(value);
    return true;
  }
  bool get_fixed64(uint64_t& out) { return expect(WireType::kFixed64) && fixed(out); }
  bool get_fixed32(uint32_t& out) { return expect(WireType::kFixed32) && fixed(out); }
  bool get_sfixed64(int64_t& out) {
    uint64_t value = 0;
    if (!get_fixed64(value)) return false;
    out = static_cast<int64_t>(value);
    return true;
  }
  bool get_sfixed32(int32_t& out) {
    uint32_t value = 0;
    if (!get_fixed32(value)) return false;
    out = static_cast<int32_t>(value);
    return true;
  }
  bool get_double(double& out) {
    uint64_t value = 0;
    if (!get_fixed64(value)) return false;
    out = std::bit_cast<double>(value);
    return true;
  }
  bool get_float(float& out) {
    uint32_t value = 0;
    if (!get_fixed32(value)) return false;
    out = std::bit_cast<float>(value);
    return true;
  }
  bool get_bytes(std::string& out) {
    std::string_view value;
    if (!expect(WireType::kLength) || !length_delimited(value)) return false;
    out.assign(value);
    return true;
  }
  bool get_string(std::string& out) {
    std::string_view value;
    if (!expect(WireType::kLength) || !length_delimited(value)) return false;
    if (!utf8::is_well_formed(value)) return fail("not UTF-8");
    out.assign(value);
    return true;
  }

  // Anything with `bool read(Reader&)` that reads fields until next() is false.
  template <class Message>
  bool get_message(Message& out) {
    std::string_view value;
    if (!expect(WireType::kLength) || !length_delimited(value)) return false;
    if (depth_ == kMaxDepth) return fail("nested too deeply");
    const char* const outer_at = at_;
    const char* const outer_end = end_;
    at_ = value.data();
    end_ = at_ + value.size();
    ++depth_;
    const bool read = out.read(*this) && ok();
    --depth_;
    at_ = outer_at;
    end_ = outer_end;
    return read;
  }

  // One element, or a packed run of them, with one of the numeric get_ methods above.
  template <class T>
  bool get_repeated(std::vector<T>& out, WireType element, bool (Reader::*get)(T&)) {
    T value{};
    if (type_ != WireType::kLength) {
      if (!(this->*get)(value)) return false;
      out.push_back(value);
      return true;
    }
    std::string_view run;
    if (!length_delimited(run)) return false;
    const char* const outer_at = at_;
    const char* const outer_end = end_;
    at_ = run.data();
    end_ = at_ + run.size();
    type_ = element;
    while (at_ != end_ && (this->*get)(value)) out.push_back(value);
    at_ = outer_at;
    end_ = outer_end;
    return ok();
  }

  // Reads over a field of any type: the sender may know more fields than this version does.
  bool skip() {
    switch (type_) {
      case WireType::kVarint: {
        uint64_t ignored = 0;
        return varint(ignored);
      }
      case WireType::kFixed64:
        return advance(8);
      case WireType::kFixed32:
        return advance(4);
      case WireType::kLength: {
        std::string_view ignored;
        return length_delimited(ignored);
      }
      case WireType::kGroupStart:
        return skip_group();
      case WireType::kGroupEnd:
        return fail("group end without a start");
    }
    return fail("illegal wire type");
  }

 private:
  bool fail(const char* why) {
    if (why_ == nullptr) why_ = why;
    at_ = end_;
    return false;
  }

  bool expect(WireType type) { return ok() && (type_ == type || fail("wrong wire type")); }

  size_t left() const { return static_cast<size_t>(end_ - at_); }

  bool advance(size_t count) {
    if (left() < count) return fail("truncated");
    at_ += count;
    return true;
  }

  bool varint(uint64_t& out) {
    uint64_t value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at_ == end_) return fail("truncated");
      const auto byte = static_cast<unsigned char>(*at_++);
      value |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) {
        out = value;
        return true;
      }
    }
    return fail("varint too long");
  }

  template <class T, class Out>
  bool get_cast(Out& out) {
    uint64_t value = 0;
    if (!get_uint64(value)) return false;
    out = static_cast<T>(value);
    return true;
  }

  template <class T>
  bool fixed(T& out) {
    const char* const from = at_;
    if (!advance(sizeof(T))) return false;
    out = 0;
    for (size_t at = 0; at < sizeof(T); ++at) out |= static_cast<T>(static_cast<unsigned char>(from[at])) << (8 * at);
    return true;
  }

  bool length_delimited(std::string_view& out) {
    uint64_t length = 0;
    if (!varint(length)) return false;
    if (length > left()) return fail("truncated");
    out = {at_, static_cast<size_t>(length)};
    at_ += length;
    return true;
  }

  bool skip_group() {
    if (depth_ == kMaxDepth) return fail("nested too deeply");
    const uint32_t group = field_;
    ++depth_;
    while (next()) {
      if (type_ == WireType::kGroupEnd) {
        --depth_;
        return field_ == group || fail("group end without a start");
      }
      if (!skip()) return false;
    }
    return fail("truncated");
  }

  const char* at_;
  const char* end_;
  const char* why_ = nullptr;
  const char* where_ = nullptr;
  uint32_t field_ = 0;
  WireType type_ = WireType::kVarint;
  int depth_ = 0;
};

}  // namespace hostscope::wire

#endif  // HOSTSCOPE_WIRE_READER_H_
