// sources: posix/passwd.cc
// SPDX-License-Identifier: Apache-2.0
#include "posix/passwd.h"

#include "core/check.h"

using hostscope::posix::name_in_passwd;

namespace {

void finds_the_first_entry() {
  constexpr std::string_view kText =
      "root:x:0:0:root:/root:/bin/sh\ntoor:x:0:0::/:/bin/sh\nmail:*:8:12::/var/mail:/usr/sbin/nologin\n"
      "last:x:1000:1000";
  CHECK(name_in_passwd(kText, 0) == "root");
  CHECK(name_in_passwd(kText, 8) == "mail");
  CHECK(name_in_passwd(kText, 1000) == "last");
  CHECK(!name_in_passwd(kText, 12) && !name_in_passwd(kText, 100));
}

void survives_anything() {
  CHECK(!name_in_passwd("", 0) && !name_in_passwd("\n\n:::\n", 0) && !name_in_passwd("root", 0));
  CHECK(!name_in_passwd("+::0:0:::\n-x::0:0\n#y:x:0:0\n:x:0:0\n", 0));
  CHECK(!name_in_passwd("a:x: 0:0\nb:x:0x0:0\nc:x:+0:0\nd:x:4294967296:0\ne:x::0\n", 0));
  CHECK(name_in_passwd("f:x:4294967295:0\n", 4294967295u) == "f");
}

}  // namespace

int main() {
  finds_the_first_entry();
  survives_anything();
}
