// SPDX-License-Identifier: Apache-2.0
// BTF, in which a kernel describes its own types: where the members of its structs lie, which differs from build to
// build.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace hostscope::linux_os {

// Number of a type. 0 is void, and what there is not.
using BtfType = std::uint32_t;

struct BtfMember {
  std::uint64_t offset;  // bytes from the begin of the struct that was asked about
  BtfType type;
};

// The types of one kernel; looks into the bytes that it was made of. Any bytes are safe to ask, but only a kernel's
// make sense.
class Btf {
 public:
  // The type of a function of the kernel.
  BtfType function(std::string_view name) const;
  // Of a function: the type of a parameter, the first is 0.
  BtfType parameter(BtfType function, std::size_t index) const;
  // What a pointer points to.
  BtfType pointee(BtfType pointer) const;
  // A member of a struct or union, those of its anonymous members included. Empty for a bit field, too.
  std::optional<BtfMember> member(BtfType type, std::string_view name) const;

 private:
  friend std::optional<Btf> parse_btf(std::string_view bytes);
  struct Head;  // what every type begins with

  Btf() = default;
  std::optional<Head> head(BtfType type) const;
  // Through const, typedef and the like.
  BtfType bare(BtfType type) const;
  std::string_view name_at(std::uint32_t offset) const;
  std::optional<BtfMember> member(BtfType type, std::string_view name, unsigned depth, std::size_t& patience) const;

  std::string_view types_, strings_;
  std::vector<std::uint32_t> positions_;  // in types_, by number - 1
};

// Empty if the bytes are of another machine's order, of a version that is not known, or cut.
std::optional<Btf> parse_btf(std::string_view bytes);

}  // namespace hostscope::linux_os
