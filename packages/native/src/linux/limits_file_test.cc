// sources: linux/limits_file.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/limits_file.h"

#include "core/check.h"

using namespace hostscope;
using namespace hostscope::linux_os;
using R = gen::RlimitResource;

namespace {

void every_resource_of_the_kernel_is_known() {
  const auto limits = parse_limits(
      "Limit                     Soft Limit           Hard Limit           Units     \n"
      "Max cpu time              1                    unlimited            seconds   \n"
      "Max file size             2                    unlimited            bytes     \n"
      "Max data size             3                    unlimited            bytes     \n"
      "Max stack size            4                    unlimited            bytes     \n"
      "Max core file size        5                    unlimited            bytes     \n"
      "Max resident set          6                    unlimited            bytes     \n"
      "Max processes             7                    unlimited            processes \n"
      "Max open files            8                    unlimited            files     \n"
      "Max locked memory         9                    unlimited            bytes     \n"
      "Max address space         10                   unlimited            bytes     \n"
      "Max file locks            11                   unlimited            locks     \n"
      "Max pending signals       12                   unlimited            signals   \n"
      "Max msgqueue size         13                   unlimited            bytes     \n"
      "Max nice priority         14                   unlimited            \n"
      "Max realtime priority     15                   unlimited            \n"
      "Max realtime timeout      16                   unlimited            us        \n");
  std::uint64_t expected = 1;
  for (const auto resource :
       {R::kCpu, R::kFsize, R::kData, R::kStack, R::kCore, R::kRss, R::kNproc, R::kNofile, R::kMemlock, R::kAs,
        R::kLocks, R::kSigpending, R::kMsgqueue, R::kNice, R::kRtprio, R::kRttime}) {
    CHECK(limits[resource] && limits[resource]->soft == expected++ && !limits[resource]->hard);
  }
}

void numbers_have_all_their_bits() {
  const auto limits = parse_limits("Max open files 9007199254740993 18446744073709551614 files\n");
  CHECK(limits[R::kNofile]->soft == 9007199254740993u && limits[R::kNofile]->hard == 18446744073709551614u);
}

void what_is_no_limit_gives_none() {
  for (const char* text : {"", "\n", "Max open files", "Max open files 1", "Max open files x y", "Max open files 1 -2",
                           "Max open files 1 18446744073709551616", " Max open files 1 2", "Max  open files 1 2"}) {
    CHECK(!parse_limits(text)[R::kNofile]);
  }
  CHECK(!parse_limits("Max open files 1 2")[R::kUnspecified]);
}

}  // namespace

int main() {
  every_resource_of_the_kernel_is_known();
  numbers_have_all_their_bits();
  what_is_no_limit_gives_none();
}
