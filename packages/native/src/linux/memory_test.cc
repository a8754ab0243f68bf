// sources: linux/memory.cc linux/memory_info.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/memory.h"

#include <string>

#include "core/check.h"

using namespace hostscope::linux_os;

namespace {

constexpr std::uint64_t kKb = 1024;

void reads_keys_exactly() {
  const auto info = parse_meminfo(
      "MemTotal:       1000 kB\nMemFree:100kB\nMemFree: 100 kB\nCached:10373888 kB\nSwapCached: 5 kB\n"
      "XMemAvailable: 1 kB\n MemAvailable: 2 kB\nActive(file): 3 kB\nActive: 4 kB\nBuffers: 5\nSlab:\nShmem: kB\n");
  CHECK(info.total == 1000 * kKb && info.cached == 10373888 * kKb);
  CHECK(info.free == 100 * kKb);  // the first of the two lines is no number
  CHECK(!info.available && info.active_file == 3 * kKb && info.active == 4 * kKb && info.buffers == 5 * kKb);
  CHECK(!info.slab && !info.shared && !info.inactive);
}

void survives_hostile_numbers() {
  const auto info =
      parse_meminfo("MemTotal: 18014398509481984 kB\nMemFree: -5 kB\nCached: 99999999999999999999 kB\n::::\n\n");
  CHECK(!info.total && !info.free && !info.cached);
  CHECK(parse_meminfo("MemTotal: 18014398509481983 kB").total == 18014398509481983u * kKb);
  CHECK(!virtual_memory(info, std::nullopt));
  CHECK(!virtual_memory(parse_meminfo("MemTotal: 0 kB\nMemFree: 0 kB\n"), std::nullopt));
  CHECK(!virtual_memory(parse_meminfo("MemTotal: 5 kB\n"), std::nullopt));
}

void computes_as_psutil() {
  const auto memory = virtual_memory(
      parse_meminfo("MemTotal: 1000 kB\nMemFree: 300 kB\nMemAvailable: 600 kB\nBuffers: 50 kB\nCached: 200 kB\n"
                    "SReclaimable: 30 kB\nShmem: 7 kB\nActive: 8 kB\nInactive: 9 kB\nSlab: 40 kB\n"),
      std::nullopt);
  CHECK(memory && memory->total == 1000 * kKb && memory->available == 600 * kKb && memory->percent == 40.0);
  CHECK(memory->cached == 230 * kKb && memory->used == (1000 - 300 - 230 - 50) * kKb && memory->free == 300 * kKb);
  CHECK(memory->shared == 7 * kKb && memory->active == 8 * kKb && memory->inactive == 9 * kKb);
  CHECK(memory->slab == 40 * kKb && memory->buffers == 50 * kKb && !memory->wired);
}

void leaves_missing_fields_out() {
  const auto memory = virtual_memory(
      parse_meminfo("MemTotal: 1000 kB\nMemFree: 300 kB\nMemAvailable: 300 kB\nSReclaimable: 9 kB\n"), std::nullopt);
  CHECK(memory && memory->used == 700 * kKb);
  CHECK(!memory->cached && !memory->buffers && !memory->shared && !memory->slab && !memory->active &&
        !memory->inactive);
  const auto old = virtual_memory(parse_meminfo("MemTotal: 9 kB\nMemFree: 1 kB\nInact_dirty: 1 kB\nInact_clean: 2 "
                                                "kB\nInact_laundry: 3 kB\nMemShared: 4 kB\n"),
                                  std::nullopt);
  CHECK(old->inactive == 6 * kKb && old->shared == 4 * kKb);
}

void estimates_available_memory() {
  const std::string text =
      "MemTotal: 10000 kB\nMemFree: 1000 kB\nCached: 700 kB\nActive(file): 300 kB\nInactive(file): 500 "
      "kB\nSReclaimable: 60 kB\n";
  for (const std::string& extra : {std::string(), std::string("MemAvailable: 0 kB\n")}) {
    const auto info = parse_meminfo(text + extra);
    CHECK(needs_watermarks(info));
    // 1000 - 100 + (800 - 100) + (60 - 30)
    CHECK(virtual_memory(info, 100 * kKb)->available == 1630 * kKb);
    CHECK(virtual_memory(info, 5000 * kKb)->available == 0);  // 1000 + 400 + 30 is less than the watermark
    CHECK(virtual_memory(info, std::nullopt)->available == 1700 * kKb);
  }
  const auto partial = parse_meminfo("MemTotal: 10000 kB\nMemFree: 1000 kB\nCached: 700 kB\n");
  CHECK(!needs_watermarks(partial) && virtual_memory(partial, 100 * kKb)->available == 1700 * kKb);
  CHECK(!needs_watermarks(parse_meminfo(text + "MemAvailable: 1 kB\n")));
}

void mends_what_containers_distort() {
  const auto more_available =
      virtual_memory(parse_meminfo("MemTotal: 1000 kB\nMemFree: 400 kB\nMemAvailable: 9000 kB\n"), std::nullopt);
  CHECK(more_available->available == 400 * kKb && more_available->percent == 60.0);
  const auto more_free =
      virtual_memory(parse_meminfo("MemTotal: 1000 kB\nMemFree: 4000 kB\nMemAvailable: 9000 kB\n"), std::nullopt);
  CHECK(more_free->available == 1000 * kKb && more_free->percent == 0.0 && more_free->used == 0);
  const auto more_cached = virtual_memory(
      parse_meminfo("MemTotal: 1000 kB\nMemFree: 400 kB\nMemAvailable: 500 kB\nCached: 5000 kB\n"), std::nullopt);
  CHECK(more_cached->used == 600 * kKb);
}

void reads_swap() {
  const auto swap = swap_memory(1000 * kKb, 751 * kKb);
  CHECK(swap.total == 1000 * kKb && swap.used == 249 * kKb && swap.free == 751 * kKb && swap.percent == 24.9);
  CHECK(swap_memory(0, 0).percent == 0);
  const auto more_free = swap_memory(5, 9);
  CHECK(more_free.used == 0 && more_free.free == 5 && more_free.percent == 0);
  const auto info = parse_meminfo("SwapTotal: 5 kB\nSwapFree:\n");
  CHECK(info.swap_total == 5 * kKb && !info.swap_free);

  const auto counters = parse_vmstat("nr_free 5\nxpswpin 1\npswpinx 2\npswpin 3\npswpout 4\npswpin 9\n");
  CHECK(counters.in == 3u && counters.out == 4u);
  CHECK(!parse_vmstat("pswpin\npswpout x\n").in && !parse_vmstat("pswpin -1\npswpout x\n").out);
  CHECK(page_bytes(3, 65536) == 196608u && !page_bytes(std::nullopt, 4096) && !page_bytes(~std::uint64_t{0}, 2));
}

void sums_low_watermarks() {
  CHECK(parse_low_watermarks(
            "Node 0, zone DMA\n  pages free 3\n        min      8\n        low      11\n        high 14\n"
            "    lowmem 7\nNode 0, zone Normal\n        low      100\n        low x\nslow 5\n") == 111);
  CHECK(parse_low_watermarks("") == 0);
  CHECK(parse_low_watermarks("low 18446744073709551615\nlow 5\n") == ~std::uint64_t{0});
}

}  // namespace

int main() {
  reads_keys_exactly();
  survives_hostile_numbers();
  computes_as_psutil();
  leaves_missing_fields_out();
  estimates_available_memory();
  mends_what_containers_distort();
  reads_swap();
  sums_low_watermarks();
}
