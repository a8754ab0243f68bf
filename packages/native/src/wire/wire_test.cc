// SPDX-License-Identifier: Apache-2.0
// Tests of the wire and of generated encoders and request structs. Needs nothing but a compiler; 0 means all is well:
//   g++ -std=c++20 -Wall -Wextra -Werror -I packages/native/src packages/native/src/wire/wire_test.cc -o wire_test
//   ./wire_test
// With -fsanitize=address,undefined it also proves that hostile bytes are never read beyond their end.

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "gen/common.gen.h"
#include "gen/methods.gen.h"
#include "gen/process_read.gen.h"
#include "gen/process_values.gen.h"
#include "wire/reader.h"
#include "wire/utf8.h"
#include "wire/writer.h"

namespace {

using namespace hostscope;
using namespace std::string_view_literals;

int failures = 0;

void check(bool is_so, const char* what, int line) {
  if (is_so) return;
  ++failures;
  std::fprintf(stderr, "wire_test.cc:%d: not so: %s\n", line, what);
}
#define CHECK(condition) check((condition), #condition, __LINE__)

std::string from_hex(std::string_view digits) {
  std::string out;
  for (size_t at = 0; at + 1 < digits.size(); at += 2) {
    out.push_back(static_cast<char>(std::strtol(std::string(digits.substr(at, 2)).c_str(), nullptr, 16)));
  }
  return out;
}

// Parses from a copy that ends where its memory ends, so that a sanitizer sees a read beyond it.
template <class Message>
bool parse(std::string_view bytes, Message& out, std::string& error) {
  const auto exact = std::make_unique<char[]>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), exact.get());
  return Message::parse({exact.get(), bytes.size()}, out, error);
}

template <class Message>
std::string error_of(std::string_view bytes) {
  Message message;
  std::string error;
  return parse(bytes, message, error) ? "parsed" : error;
}

void test_utf8() {
  const std::string replacement = "\xEF\xBF\xBD";
  for (const std::string_view text :
       {""sv, "plain"sv, "eight by"sv, "\0\x7F"sv, "\xC3\xA9"sv, "\xE6\x97\xA5"sv,
        "long enough, then \xF0\x9F\x98\x80"sv, "\xED\x9F\xBF\xEE\x80\x80"sv, "\xF4\x8F\xBF\xBF"sv, "\xEF\xBB\xBF"sv}) {
    CHECK(wire::utf8::is_well_formed(text));
    CHECK(wire::utf8::make_well_formed(text) == text);
  }
  struct Case {
    std::string_view bytes;
    int replaced;
  };
  // As many U+FFFD as the WHATWG decoder gives: one for each maximal subpart.
  for (const auto& [bytes, replaced] :
       {Case{"\xFF"sv, 1}, Case{"\x80\x80"sv, 2}, Case{"\xC0\xAF"sv, 2}, Case{"\xC3"sv, 1}, Case{"\xE2\x82"sv, 1},
        Case{"\xE0\x80\x80"sv, 3}, Case{"\xED\xA0\x80"sv, 3}, Case{"\xF0\x9F\x98"sv, 1}, Case{"\xF0\x80\x80\x80"sv, 4},
        Case{"\xF4\x90\x80\x80"sv, 4}, Case{"\xF8\xA1\xA1\xA1\xA1"sv, 5}}) {
    std::string expected;
    for (int count = 0; count < replaced; ++count) expected += replacement;
    CHECK(!wire::utf8::is_well_formed(bytes));
    CHECK(wire::utf8::make_well_formed(bytes) == expected);
    const std::string around = "seven.. " + std::string(bytes) + "z";
    CHECK(wire::utf8::make_well_formed(around) == "seven.. " + expected + "z");
  }
  CHECK(wire::utf8::make_well_formed("\xE2\x82") == replacement);
  CHECK(wire::utf8::make_well_formed("\xE2\x28\xA1") == replacement + "(" + replacement);
}

void test_scalars() {
  wire::Writer writer;
  gen::ProcessRefWriter ref(writer);
  ref.pid(0);
  CHECK(writer.view().empty());
  ref.pid(-1);
  ref.start(0);
  ref.pidfd_inode(UINT64_MAX);
  ref.boot(0x01020304);
  CHECK(writer.view() == from_hex("08ffffffffffffffffff01"
                                  "1000"
                                  "18ffffffffffffffffff01"
                                  "2504030201"));
  gen::ProcessRef parsed;
  std::string error;
  CHECK(parse(writer.view(), parsed, error));
  CHECK(parsed.pid == -1 && parsed.start == 0 && parsed.pidfd_inode == UINT64_MAX && parsed.boot == 0x01020304);
  CHECK(parse("", parsed, error));
  CHECK(parsed.pid == 0 && !parsed.start && !parsed.pidfd_inode && !parsed.boot);
}

void test_strings() {
  wire::Writer writer;
  gen::ProcessInfoWriter info(writer);
  info.name("a\xFF\nUid:\t0) (");
  CHECK(writer.view() == from_hex("2a0e61efbfbd0a5569643a0930292028"));
  writer.clear();
  info.name("");
  CHECK(writer.view() == from_hex("2a00"));
}

// A message that holds `size` bytes in a nested message.
std::string with_nested(size_t size) {
  wire::Writer writer;
  gen::ProcessListResponseWriter response(writer);
  response.processes([&](gen::ProcessInfoWriter& row) { row.exe(std::string(size, 'x')); });
  response.vanished(1);
  return writer.take();
}

void test_nested_lengths() {
  for (const size_t size : {0, 1, 100, 125, 126, 127, 128, 129, 16300, 16379, 16380, 16381, 16384, 2097200}) {
    const std::string bytes = with_nested(size);
    wire::Reader reader(bytes);
    CHECK(reader.next());
    std::string row;
    CHECK(reader.get_bytes(row));
    CHECK(row.size() >= size + 2 && row.substr(row.size() - size) == std::string(size, 'x'));
    CHECK(reader.next() && reader.field() == 3);
    uint32_t vanished = 0;
    CHECK(reader.get_uint32(vanished) && vanished == 1 && !reader.next() && reader.ok());
    // Minimal: tag, length, content and the two bytes after it.
    const size_t length_bytes = row.size() < 128 ? 1 : row.size() < 16384 ? 2 : row.size() < 2097152 ? 3 : 4;
    CHECK(bytes.size() == 1 + length_bytes + row.size() + 2);
  }
}

void test_lists() {
  const std::vector<int64_t> pids = {1, 300, -1};
  wire::Writer writer;
  gen::PidsResponseWriter(writer).pids(pids);
  CHECK(writer.view() == from_hex("0a0d01ac02ffffffffffffffffff01"));
  writer.clear();
  gen::PidsResponseWriter(writer).pids({});
  CHECK(writer.view().empty());

  const std::vector<gen::ProcessAttribute> attributes = {gen::ProcessAttribute::kPid, gen::ProcessAttribute{4711}};
  gen::ProcessListRequestWriter(writer).attributes(attributes);
  gen::ProcessListRequest request;
  std::string error;
  CHECK(parse(writer.view(), request, error));
  CHECK(request.attributes == attributes);
  CHECK(gen::is_known(request.attributes[0]) && !gen::is_known(request.attributes[1]));
  CHECK(parse(from_hex("08040a0205060807"), request, error));
  CHECK(request.attributes.size() == 4);
}

void test_enums() {
  static_assert(gen::text(gen::ProcessStatus::kDiskSleep) == "disk-sleep");
  static_assert(gen::text(gen::ProcessStatus{4711}) == "unspecified");
  static_assert(gen::find_method("/hostscope.v1.Process/List")->method == gen::Method::kProcessList);
  static_assert(gen::find_method("/hostscope.v1.Process/List")->streaming);
  static_assert(gen::find_method("/hostscope.v1.Process/Lis") == nullptr);
  for (size_t at = 0; at < std::size(gen::kMethods); ++at) {
    CHECK(static_cast<size_t>(gen::kMethods[at].method) == at);
  }
}

void test_take() {
  wire::Writer writer;
  gen::PidExistsResponseWriter(writer).exists(true);
  wire::Buffer buffer = writer.take_buffer();
  CHECK(buffer.view() == from_hex("0801") && writer.view().empty());
  gen::PidExistsResponseWriter(writer).exists(true);
  CHECK(writer.take() == from_hex("0801") && writer.view().empty());
  char* const released = buffer.release();
  CHECK(released != nullptr && released[0] == 8 && buffer.size() == 0);
  std::free(released);
  wire::Buffer moved;
  moved = std::move(buffer);
  CHECK(moved.size() == 0 && wire::Writer().take_buffer().release() == nullptr);
}

void test_hostile() {
  CHECK(error_of<gen::ProcessRef>(from_hex("0901")) == "ProcessRef.pid: wrong wire type");
  CHECK(error_of<gen::ProcessRef>(from_hex("08")) == "ProcessRef.pid: truncated");
  CHECK(error_of<gen::ProcessGetRequest>(from_hex("0a0108")) == "ProcessRef.pid: truncated");
  CHECK(error_of<gen::ProcessGetRequest>(from_hex("0a0208")) == "ProcessGetRequest.ref: truncated");
  CHECK(error_of<gen::ProcessRef>(from_hex("00")) == "ProcessRef: illegal field number");
  CHECK(error_of<gen::ProcessRef>(from_hex("7f")) == "ProcessRef: illegal wire type");
  CHECK(error_of<gen::ProcessRef>(from_hex("7b7c")) == "parsed");
  CHECK(error_of<gen::ProcessRef>(from_hex("7b8401")) == "ProcessRef: group end without a start");
  CHECK(error_of<gen::ProcessRef>(std::string(100000, '\x7b')) == "ProcessRef: nested too deeply");

  std::mt19937 random(1);
  int refused = 0;
  for (int round = 0; round < 200000; ++round) {
    std::string bytes(random() % 32, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random() % 3 == 0 ? random() : random() % 40);
    if (error_of<gen::ProcessGetRequest>(bytes) != "parsed") ++refused;
  }
  CHECK(refused > 100000 && refused < 200000);
}

}  // namespace

int main() {
  test_utf8();
  test_scalars();
  test_strings();
  test_nested_lengths();
  test_lists();
  test_enums();
  test_take();
  test_hostile();
  if (failures == 0) std::puts("wire: ok");
  return failures == 0 ? 0 : 1;
}
