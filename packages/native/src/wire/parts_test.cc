// SPDX-License-Identifier: Apache-2.0
#include "wire/parts.h"

#include "core/check.h"
#include "wire/writer.h"

using namespace hostscope::wire;

namespace {

std::string message(uint64_t one, std::string_view three, int times) {
  Writer writer;
  if (one != 0) writer.put_uint64<1>(one);
  for (int i = 0; i < times; ++i) writer.put_bytes<3>(three);
  return writer.take();
}

void cuts_at_the_borders_of_fields() {
  const Parts parts(message(300, "abc", 2));
  CHECK(parts.size() == 2);
  CHECK(parts[0].field == 1 && parts[1].field == 3);
  CHECK(parts[1].bytes.size() == 10 && parts.find(3) == parts[1].bytes && parts.find(2).empty());
  CHECK(Parts("").size() == 0);
  // What a moved message shows is its own.
  Parts from(message(300, "abc", 2));
  const Parts moved(std::move(from));
  CHECK(moved.find(3) == parts.find(3));
}

void tells_what_changed_and_what_went() {
  const Parts before(message(1, "a", 1));
  CHECK(difference(before, Parts(message(1, "a", 1))).empty());
  const auto other = difference(before, Parts(message(1, "a", 2)));
  CHECK(other.changed.has(3) && !other.changed.has(1) && other.cleared.empty());
  const auto less = difference(before, Parts(message(0, "a", 1)));
  CHECK(less.cleared.has(1) && less.changed.empty());
  const auto more = difference(Parts(), before);
  CHECK(more.changed.has(1) && more.changed.has(3) && more.cleared.empty());
  // What is known to be as before is neither changed nor cleared by not being there.
  FieldSet unchanged;
  unchanged.add(1);
  CHECK(difference(before, Parts(message(0, "a", 1)), unchanged).empty());
  CHECK(difference(before, Parts(message(0, "b", 1)), unchanged).changed.has(3));
}

void takes_another_message_in_its_place() {
  Parts parts(message(1, "a", 3));
  parts.assign(message(2, "", 0));
  CHECK(parts.size() == 1 && parts[0].field == 1 && parts.find(3).empty());
}

void leaves_out_what_follows_a_defect() {
  auto bytes = message(7, "abc", 1);
  bytes.pop_back();
  const Parts parts(bytes);
  CHECK(parts.size() == 1 && parts[0].field == 1);
}

}  // namespace

int main() {
  cuts_at_the_borders_of_fields();
  takes_another_message_in_its_place();
  tells_what_changed_and_what_went();
  leaves_out_what_follows_a_defect();
}
