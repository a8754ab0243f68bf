// SPDX-License-Identifier: Apache-2.0
#ifndef HOSTSCOPE_WIRE_WRITER_H_
#define HOSTSCOPE_WIRE_WRITER_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "wire/buffer.h"
#include "wire/utf8.h"
#include "wire/wire_type.h"

namespace hostscope::wire {

// Appends protobuf fields to one growing buffer. Only generated code calls the put_ methods: field numbers come from
// the schema. Nothing is allocated per field or per nested message.
class Writer {
 public:
  std::string_view view() const { return buffer_.view(); }
  size_t size() const { return buffer_.size(); }

  // Empties the writer and keeps its memory, for the next message of a stream.
  void clear() { buffer_.clear(); }

  // The bytes as a string; the writer is empty afterwards.
  std::string take() {
    std::string out(view());
    clear();
    return out;
  }

  // The bytes without a copy; the writer is empty afterwards.
  Buffer take_buffer() { return std::move(buffer_); }

  template <uint32_t kField>
  void put_uint64(uint64_t value) {
    char* to = write_tag<kField, WireType::kVarint>(buffer_.reserve(kMaxTag + kMaxVarint));
    buffer_.set_end(write_varint(to, value));
  }

  template <uint32_t kField>
  void put_uint32(uint32_t value) {
    put_uint64<kField>(value);
  }

  template <uint32_t kField>
  void put_int64(int64_t value) {
    put_uint64<kField>(sign_extend(value));
  }

  template <uint32_t kField>
  void put_int32(int32_t value) {
    put_uint64<kField>(sign_extend(value));
  }

  template <uint32_t kField>
  void put_sint64(int64_t value) {
    put_uint64<kField>(zigzag(value));
  }

  template <uint32_t kField>
  void put_sint32(int32_t value) {
    put_uint64<kField>(zigzag(value));
  }

  template <uint32_t kField>
  void put_bool(bool value) {
    put_uint64<kField>(value ? 1 : 0);
  }

  template <uint32_t kField, class Enum>
  void put_enum(Enum value) {
    put_uint64<kField>(sign_extend(value));
  }

  template <uint32_t kField>
  void put_fixed64(uint64_t value) {
    char* to = write_tag<kField, WireType::kFixed64>(buffer_.reserve(kMaxTag + sizeof value));
    buffer_.set_end(write_fixed(to, value));
  }

  template <uint32_t kField>
  void put_fixed32(uint32_t value) {
    char* to = write_tag<kField, WireType::kFixed32>(buffer_.reserve(kMaxTag + sizeof value));
    buffer_.set_end(write_fixed(to, value));
  }

  template <uint32_t kField>
  void put_sfixed64(int64_t value) {
    put_fixed64<kField>(static_cast<uint64_t>(value));
  }

  template <uint32_t kField>
  void put_sfixed32(int32_t value) {
    put_fixed32<kField>(static_cast<uint32_t>(value));
  }

  template <uint32_t kField>
  void put_double(double value) {
    put_fixed64<kField>(std::bit_cast<uint64_t>(value));
  }

  template <uint32_t kField>
  void put_float(float value) {
    put_fixed32<kField>(std::bit_cast<uint32_t>(value));
  }

  template <uint32_t kField>
  void put_bytes(std::string_view value) {
    char* to = write_tag<kField, WireType::kLength>(buffer_.reserve(kMaxTag + kMaxVarint + value.size()));
    to = write_varint(to, value.size());
    if (!value.empty()) std::memcpy(to, value.data(), value.size());
    buffer_.set_end(to + value.size());
  }

  // Fields that are encoded already.
  void put_encoded(std::string_view fields) {
    if (fields.empty()) return;
    char* to = buffer_.reserve(fields.size());
    std::memcpy(to, fields.data(), fields.size());
    buffer_.set_end(to + fields.size());
  }

  // What the kernel calls a name is any bytes; what protobuf calls a string is well-formed UTF-8.
  template <uint32_t kField>
  void put_string(std::string_view value) {
    if (utf8::is_well_formed(value)) [[likely]] {
      put_bytes<kField>(value);
    } else {
      put_bytes<kField>(utf8::make_well_formed(value));
    }
  }

  // A nested message: `fill` is given a Nested over this very writer.
  template <uint32_t kField, class Nested, class Fill>
  void put_message(Fill&& fill) {
    const size_t start = begin_length<kField>();
    Nested nested(*this);
    std::forward<Fill>(fill)(nested);
    end_length(start);
  }

  // A packed list of varints; `encode` turns an element into its uint64. Nothing is written for an empty list.
  template <uint32_t kField, class T, class Encode>
  void put_packed_varint(std::span<const T> values, Encode&& encode) {
    if (values.empty()) return;
    const size_t start = begin_length<kField>();
    for (const T& value : values) buffer_.set_end(write_varint(buffer_.reserve(kMaxVarint), encode(value)));
    end_length(start);
  }

  // A packed list of fixed-width numbers; `encode` turns an element into a uint32 or uint64.
  template <uint32_t kField, class T, class Encode>
  void put_packed_fixed(std::span<const T> values, Encode&& encode) {
    if (values.empty()) return;
    const size_t start = begin_length<kField>();
    for (const T& value : values) buffer_.set_end(write_fixed(buffer_.reserve(sizeof(uint64_t)), encode(value)));
    end_length(start);
  }

  // What protobuf has for a negative int32 or enum value is its 64-bit form.
  template <class T>
  static constexpr uint64_t sign_extend(T value) {
    return static_cast<uint64_t>(static_cast<int64_t>(value));
  }

  static constexpr uint64_t zigzag(int64_t value) {
    return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
  }

 private:
  static constexpr size_t kMaxTag = 5;
  static constexpr size_t kMaxVarint = 10;

  template <uint32_t kField, WireType kType>
  static char* write_tag(char* to) {
    return write_constant<(kField << 3) | static_cast<uint32_t>(kType)>(to);
  }

  template <uint32_t kValue>
  static char* write_constant(char* to) {
    if constexpr (kValue < 0x80) {
      *to = static_cast<char>(kValue);
      return to + 1;
    } else {
      *to = static_cast<char>((kValue & 0x7F) | 0x80);
      return write_constant<(kValue >> 7)>(to + 1);
    }
  }

  static char* write_varint(char* to, uint64_t value) {
    while (value >= 0x80) {
      *to++ = static_cast<char>(value | 0x80);
      value >>= 7;
    }
    *to++ = static_cast<char>(value);
    return to;
  }

  // Byte by byte, so that it is little-endian on any machine; compilers make one store of it.
  template <class T>
  static char* write_fixed(char* to, T value) {
    static_assert(std::is_unsigned_v<T>);
    for (size_t at = 0; at < sizeof value; ++at) to[at] = static_cast<char>(value >> (8 * at));
    return to + sizeof value;
  }

  // Writes the tag and keeps one byte for the length. Returns where the content begins.
  template <uint32_t kField>
  size_t begin_length() {
    char* to = write_tag<kField, WireType::kLength>(buffer_.reserve(kMaxTag + 1));
    buffer_.set_end(to + 1);
    return buffer_.size();
  }

  // Fills in the length. Content of 128 bytes or more needs a longer one and is moved; lengths stay minimal, so that
  // equal messages are equal bytes.
  void end_length(size_t start) {
    const size_t length = buffer_.size() - start;
    if (length < 0x80) {
      buffer_.data()[start - 1] = static_cast<char>(length);
      return;
    }
    char prefix[kMaxVarint];
    const size_t extra = static_cast<size_t>(write_varint(prefix, length) - prefix) - 1;
    char* const end = buffer_.reserve(extra);
    char* const content = buffer_.data() + start;
    std::memmove(content + extra, content, length);
    std::memcpy(content - 1, prefix, extra + 1);
    buffer_.set_end(end + extra);
  }

  Buffer buffer_;
};

}  // namespace hostscope::wire

#endif  // HOSTSCOPE_WIRE_WRITER_H_
