// SPDX-License-Identifier: Apache-2.0
#include "linux/bpf_btf.h"

#include <linux/btf.h>

#include <cstring>

namespace hostscope::linux_os {
namespace {

// Deeper nothing is nested in a kernel; bytes that refer to themselves must end somewhere.
constexpr unsigned kDeepest = 16;
// Members looked at for one name: structs of a kernel have some hundred.
constexpr std::size_t kMostMembers = 20'000;

// Newer than some kernel headers that this is built with.
enum Kind : std::uint32_t {
  kPointer = 2,
  kStruct = 4,
  kUnion = 5,
  kTypedef = 8,
  kVolatile = 9,
  kConst = 10,
  kRestrict = 11,
  kFunction = 12,
  kFunctionPrototype = 13,
  kTypeTag = 18,
};

// Copies a record out of `bytes`, in which it need not be aligned. The caller has checked that it is there.
template <class Record>
Record record_at(std::string_view bytes, std::size_t at) {
  Record record;
  std::memcpy(&record, bytes.data() + at, sizeof record);
  return record;
}

// Size of what follows the head of a type; empty for a kind that is not known.
std::optional<std::size_t> tail_size(std::uint32_t info) {
  const std::size_t count = BTF_INFO_VLEN(info);
  switch (BTF_INFO_KIND(info)) {
    case 1:   // integer
    case 14:  // variable
    case 17:  // declaration tag
      return sizeof(std::uint32_t);
    case 3:
      return sizeof(btf_array);
    case kStruct:
    case kUnion:
      return count * sizeof(btf_member);
    case 6:
      return count * sizeof(btf_enum);
    case kFunctionPrototype:
      return count * sizeof(btf_param);
    case 15:  // data section
    case 19:  // enum of 64 bits
      return count * 3 * sizeof(std::uint32_t);
    case kPointer:
    case 7:  // declared only
    case kTypedef:
    case kVolatile:
    case kConst:
    case kRestrict:
    case kFunction:
    case 16:  // floating point
    case kTypeTag:
      return 0;
    default:
      return std::nullopt;
  }
}

std::optional<std::string_view> section(std::string_view bytes, std::uint32_t at, std::uint32_t size) {
  if (at > bytes.size() || size > bytes.size() - at) return std::nullopt;
  return bytes.substr(at, size);
}

}  // namespace

struct Btf::Head {
  std::uint32_t kind;
  std::uint32_t name;   // offset
  std::uint32_t count;  // of records that follow
  BtfType type;         // that this one refers to
  bool bit_fields;      // its members tell of bit fields
  std::size_t tail;     // position of the records
};

std::optional<Btf> parse_btf(std::string_view bytes) {
  if (bytes.size() < sizeof(btf_header)) return std::nullopt;
  const auto header = record_at<btf_header>(bytes, 0);
  if (header.magic != BTF_MAGIC || header.version != BTF_VERSION) return std::nullopt;
  if (header.hdr_len < sizeof header || header.hdr_len > bytes.size()) return std::nullopt;
  bytes.remove_prefix(header.hdr_len);
  const auto types = section(bytes, header.type_off, header.type_len);
  const auto strings = section(bytes, header.str_off, header.str_len);
  // With a zero at the end every string in there ends, too.
  if (!types || !strings || strings->empty() || strings->back() != '\0') return std::nullopt;
  Btf btf;
  btf.types_ = *types;
  btf.strings_ = *strings;
  for (std::size_t at = 0; at < types->size();) {
    if (types->size() - at < sizeof(btf_type)) return std::nullopt;
    const auto tail = tail_size(record_at<btf_type>(*types, at).info);
    if (!tail || types->size() - at - sizeof(btf_type) < *tail) return std::nullopt;
    btf.positions_.push_back(static_cast<std::uint32_t>(at));
    at += sizeof(btf_type) + *tail;
  }
  return btf;
}

std::optional<Btf::Head> Btf::head(BtfType type) const {
  if (type == 0 || type > positions_.size()) return std::nullopt;
  const std::size_t at = positions_[type - 1];
  const auto found = record_at<btf_type>(types_, at);
  return Head{.kind = BTF_INFO_KIND(found.info),
              .name = found.name_off,
              .count = BTF_INFO_VLEN(found.info),
              .type = found.type,
              .bit_fields = BTF_INFO_KFLAG(found.info) != 0,
              .tail = at + sizeof found};
}

std::string_view Btf::name_at(std::uint32_t offset) const {
  return offset < strings_.size() ? std::string_view(strings_.data() + offset) : std::string_view();
}

BtfType Btf::bare(BtfType type) const {
  for (unsigned depth = 0; depth < kDeepest; ++depth) {
    const auto found = head(type);
    if (!found) return 0;
    switch (found->kind) {
      case kTypedef:
      case kVolatile:
      case kConst:
      case kRestrict:
      case kTypeTag:
        type = found->type;
        break;
      default:
        return type;
    }
  }
  return 0;
}

BtfType Btf::function(std::string_view name) const {
  for (BtfType type = 1; type <= positions_.size(); ++type) {
    const auto found = head(type);
    if (found->kind == kFunction && name_at(found->name) == name) return type;
  }
  return 0;
}

BtfType Btf::parameter(BtfType function, std::size_t index) const {
  const auto named = head(function);
  if (!named || named->kind != kFunction) return 0;
  const auto prototype = head(named->type);
  if (!prototype || prototype->kind != kFunctionPrototype || index >= prototype->count) return 0;
  return record_at<btf_param>(types_, prototype->tail + index * sizeof(btf_param)).type;
}

BtfType Btf::pointee(BtfType pointer) const {
  const auto found = head(bare(pointer));
  return found && found->kind == kPointer ? found->type : 0;
}

std::optional<BtfMember> Btf::member(BtfType type, std::string_view name) const {
  std::size_t patience = kMostMembers;
  return member(type, name, kDeepest, patience);
}

std::optional<BtfMember> Btf::member(BtfType type, std::string_view name, unsigned depth, std::size_t& patience) const {
  const auto found = head(bare(type));
  if (!found || (found->kind != kStruct && found->kind != kUnion)) return std::nullopt;
  for (std::uint32_t i = 0; i < found->count; ++i) {
    if (patience == 0) return std::nullopt;
    --patience;
    const auto field = record_at<btf_member>(types_, found->tail + i * sizeof(btf_member));
    const bool is_bits = found->bit_fields && BTF_MEMBER_BITFIELD_SIZE(field.offset) != 0;
    const std::uint32_t bit = found->bit_fields ? BTF_MEMBER_BIT_OFFSET(field.offset) : field.offset;
    const bool has_address = !is_bits && bit % 8 == 0;
    const auto named = name_at(field.name_off);
    if (!named.empty() && named == name) {
      return has_address ? std::optional(BtfMember{bit / 8, field.type}) : std::nullopt;
    }
    if (!named.empty() || !has_address || depth == 0) continue;
    if (const auto inner = member(field.type, name, depth - 1, patience)) {
      return BtfMember{bit / 8 + inner->offset, inner->type};
    }
  }
  return std::nullopt;
}

}  // namespace hostscope::linux_os
