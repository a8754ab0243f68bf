// sources: linux/bpf_btf.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/bpf_btf.h"

#include <linux/btf.h>

#include <cstring>
#include <initializer_list>
#include <string>

#include "core/check.h"

using namespace hostscope::linux_os;

namespace {

enum : std::uint32_t { kInt = 1, kPtr = 2, kArray = 3, kStruct = 4, kUnion = 5, kTypedef = 8, kConst = 10 };
enum : std::uint32_t { kFunc = 12, kProto = 13 };
constexpr std::uint32_t kBitFields = 1u << 31;

// Makes the types of a kernel, in order: the first is number 1.
class Blob {
 public:
  BtfType type(std::uint32_t kind, const char* name, std::uint32_t size_or_type,
               std::initializer_list<std::uint32_t> tail = {}, std::uint32_t count = 0) {
    for (const auto word : {text(name), (kind & kBitFields) | (kind & 0x1F) << 24 | count, size_or_type}) add(word);
    for (const auto word : tail) add(word);
    return ++count_;
  }
  std::uint32_t text(const char* name) {
    if (*name == '\0') return 0;
    const auto at = static_cast<std::uint32_t>(strings_.size());
    strings_ += name;
    strings_ += '\0';
    return at;
  }
  std::string bytes(std::uint32_t longer_header = 0) const {
    btf_header header{};
    header.magic = BTF_MAGIC;
    header.version = BTF_VERSION;
    header.hdr_len = sizeof header + longer_header;
    header.type_len = static_cast<std::uint32_t>(types_.size());
    header.str_off = header.type_len;
    header.str_len = static_cast<std::uint32_t>(strings_.size());
    return std::string(reinterpret_cast<const char*>(&header), sizeof header) + std::string(longer_header, 'x') +
           types_ + strings_;
  }

 private:
  void add(std::uint32_t word) { types_.append(reinterpret_cast<const char*>(&word), sizeof word); }

  std::string types_, strings_ = std::string(1, '\0');
  BtfType count_ = 0;
};

// Number of an int, and of a struct whose members are a, one in an anonymous union in an anonymous struct, and bits.
struct Sample {
  Blob blob;
  BtfType number = blob.type(kInt, "int", 4, {32});
  BtfType array = blob.type(kArray, "", 0, {1, 1, 3});
  BtfType inner = blob.type(kUnion, "", 8, {blob.text("x"), number, 0, blob.text("y"), number, 32}, 2);
  BtfType nested = blob.type(kStruct, "", 16, {blob.text("w"), number, 0, 0, inner, 64}, 2);
  BtfType task = blob.type(kStruct | kBitFields, "task", 40,
                           {blob.text("a"), array, 0, 0, nested, 128, blob.text("b"), number, 3u << 24 | 256}, 3);
  BtfType alias = blob.type(kTypedef, "task_t", task);
  BtfType fixed = blob.type(kConst, "", alias);
  BtfType pointer = blob.type(kPtr, "", fixed);
  BtfType prototype = blob.type(kProto, "", 0, {blob.text("t"), pointer, blob.text("n"), number}, 2);
  BtfType twin = blob.type(kTypedef, "visit", number);
  BtfType function = blob.type(kFunc, "visit", prototype);
};

void finds_a_function_and_what_its_parameters_point_to() {
  const Sample sample;
  const auto bytes = sample.blob.bytes();
  const auto btf = parse_btf(bytes);
  CHECK(btf);
  CHECK(btf->function("visit") == sample.function);
  CHECK(btf->function("visi") == 0 && btf->function("task") == 0 && btf->function("") == 0);
  CHECK(btf->parameter(sample.function, 0) == sample.pointer && btf->parameter(sample.function, 1) == sample.number);
  CHECK(btf->parameter(sample.function, 2) == 0 && btf->parameter(sample.prototype, 0) == 0);
  CHECK(btf->pointee(sample.pointer) == sample.fixed);
  CHECK(btf->pointee(sample.number) == 0 && btf->pointee(0) == 0 && btf->pointee(99) == 0);
}

void finds_members_through_names_and_anonymous_structs() {
  const Sample sample;
  const auto bytes = sample.blob.bytes();
  const auto btf = parse_btf(bytes);
  for (const auto type : {sample.task, sample.alias, sample.fixed}) {
    CHECK(btf->member(type, "a")->offset == 0 && btf->member(type, "a")->type == sample.array);
    CHECK(btf->member(type, "w")->offset == 16);
    CHECK(btf->member(type, "y")->offset == 28 && btf->member(type, "y")->type == sample.number);
  }
  CHECK(!btf->member(sample.task, "b"));  // bits have no address
  CHECK(!btf->member(sample.task, "c") && !btf->member(sample.task, ""));
  CHECK(!btf->member(sample.pointer, "a") && !btf->member(sample.number, "a") && !btf->member(0, "a"));
}

void passes_over_what_a_newer_header_has() {
  const Sample sample;
  const auto bytes = sample.blob.bytes(8);
  CHECK(parse_btf(bytes)->function("visit") == sample.function);
}

void ends_with_types_that_are_made_of_themselves() {
  Blob blob;
  const auto first = blob.type(kTypedef, "first", 2);
  blob.type(kTypedef, "second", first);
  const auto box = blob.type(kStruct, "box", 8, {0, 3, 0, 0, 3, 0, 0, 3, 0}, 3);
  const auto bytes = blob.bytes();
  const auto btf = parse_btf(bytes);
  CHECK(btf && !btf->member(first, "x") && btf->pointee(first) == 0);
  CHECK(!btf->member(box, "x"));
}

void refuses_what_is_cut_or_of_another_kind() {
  const Sample sample;
  const auto bytes = sample.blob.bytes();
  for (std::size_t size = 0; size < bytes.size(); ++size) CHECK(!parse_btf(std::string_view(bytes).substr(0, size)));
  const auto changed = [&](std::size_t at, char byte) {
    auto other = bytes;
    other[at] = byte;
    return parse_btf(other).has_value();
  };
  CHECK(changed(3, 1));                                    // flags
  CHECK(!changed(0, 0) && !changed(2, 2));                 // magic, version
  CHECK(!changed(4, 23) && !changed(6, 1));                // length of the header
  CHECK(!changed(bytes.size() - 1, 'x'));                  // a string without end
  CHECK(!changed(sizeof(btf_header) + 7, 31));             // a kind that is not known
  CHECK(!changed(offsetof(btf_header, type_off) + 3, 1));  // types beyond the end
}

}  // namespace

int main() {
  finds_a_function_and_what_its_parameters_point_to();
  finds_members_through_names_and_anonymous_structs();
  passes_over_what_a_newer_header_has();
  ends_with_types_that_are_made_of_themselves();
  refuses_what_is_cut_or_of_another_kind();
}
