// sources: linux/pressure.cc linux/proc_file.cc core/status.cc core/errno_name.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/pressure.h"

#include "core/check.h"

using hostscope::linux_os::parse_pressure;

namespace {

void reads_both_lines() {
  const auto pressure = parse_pressure(
      "some avg10=1.50 avg60=0.25 avg300=99.99 total=1702384639\nfull avg10=0.00 avg60=0.01 avg300=0.02 total=5\n");
  CHECK(pressure && pressure->some && pressure->full);
  CHECK(pressure->some->avg10 == 1.5 && pressure->some->avg60 == 0.25 && pressure->some->avg300 == 99.99);
  CHECK(pressure->some->total == 1702.384639 && pressure->full->avg300 == 0.02 && pressure->full->total == 5e-6);
}

void reads_one_line() {
  const auto before_5_13 = parse_pressure("some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n");
  CHECK(before_5_13 && before_5_13->some && !before_5_13->full);
  const auto irq = parse_pressure("full avg10=2.00 avg60=0.00 avg300=0.00 total=7");
  CHECK(irq && !irq->some && irq->full->avg10 == 2);
}

void survives_anything() {
  for (const auto* text : {"", "\n", "some", "some avg10=1.00", "half avg10=0.00 avg60=0.00 avg300=0.00 total=0",
                           "some avg60=0.00 avg10=0.00 avg300=0.00 total=0", "some avg10= avg60=0 avg300=0 total=0",
                           "some avg10=nan avg60=0 avg300=0 total=0", "some avg10=-1 avg60=0 avg300=0 total=0",
                           "some avg10=1x avg60=0 avg300=0 total=0"}) {
    CHECK(!parse_pressure(text));
  }
}

}  // namespace

int main() {
  reads_both_lines();
  reads_one_line();
  survives_anything();
}
