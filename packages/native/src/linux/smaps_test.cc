// sources: linux/smaps.cc linux/memory_map_rows.cc linux/process_root.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/smaps.h"

#include <limits>
#include <string>
#include <tuple>
#include <vector>

#include "core/check.h"
#include "linux/memory_map_rows.h"

using namespace hostscope;
using namespace hostscope::linux_os;
using namespace std::string_literals;
using Regions = std::vector<SmapsRegion>;
using Rows = std::vector<model::ProcessMemoryMap>;

namespace {

const std::string kText =
    "55d0c8a00000-55d0c8a02000 r--p 00000000 fd:01 1048 /usr/bin/a program\n"
    "Size:                  8 kB\nKernelPageSize:        4 kB\nMMUPageSize:           4 kB\n"
    "Rss:                   7 kB\nPss:                   6 kB\nPss_Dirty:           100 kB\n"
    "Shared_Clean:          1 kB\nShared_Dirty:          2 kB\nPrivate_Clean:         3 kB\nPrivate_Dirty:         4 "
    "kB\n"
    "Referenced:            5 kB\nAnonymous:             9 kB\nKSM:                 100 kB\nLazyFree:            100 "
    "kB\n"
    "Shared_Hugetlb:      100 kB\nPrivate_Hugetlb:      10 kB\nSwap:                 11 kB\nSwapPss:             100 "
    "kB\n"
    "Locked:              100 kB\nTHPeligible:           1\nVmFlags: rd mr mw me sd \n"
    "55d0c8a02000-55d0c8a04000 rw-p 00002000 fd:01 1048 /usr/bin/a program\nRss: 1 kB\nPss: 2 kB\nPrivate_Dirty: 3 kB\n"
    "7f0000000000-7f0000001000 rw-p 00000000 00:00 0 \nRss: 20 kB\n"
    "7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0                          [stack]\nRss: 30 kB\nSwap: 1 kB\n";

Regions regions_of(std::string_view text, std::size_t piece = std::string_view::npos) {
  Regions regions;
  SmapsParser parser([&](const SmapsRegion& region) { regions.push_back(region); });
  for (std::size_t at = 0; at < text.size(); at += std::min(piece, text.size() - at))
    parser.feed(text.substr(at, piece));
  parser.end();
  CHECK(parser.empty() == regions.empty());
  return regions;
}

model::ProcessMemoryFullInfo sums_of(std::string_view text) {
  SmapsParser parser;
  parser.feed(text);
  parser.end();
  return parser.sums();
}

Rows rows_of(std::string_view text, bool grouped, bool exists = false) {
  Rows rows;
  MemoryMapRows list(rows, grouped, [&](const std::string&) { return exists; });
  for (const auto& region : regions_of(text)) list.add(region);
  CHECK(!list.overflowed());
  return rows;
}

void values_are_in_bytes() {
  const auto regions = regions_of(kText);
  CHECK(regions.size() == 4);
  const auto& first = regions[0];
  CHECK(first.addr == "55d0c8a00000-55d0c8a02000" && first.perms == "r--p" && first.path == "/usr/bin/a program");
  CHECK(first.size == 8192u && first.rss == 7168u && first.pss == 6144u);
  CHECK(first.shared_clean == 1024u && first.shared_dirty == 2048u);
  CHECK(first.private_clean == 3072u && first.private_dirty == 4096u);
  CHECK(first.referenced == 5120u && first.anonymous == 9216u && first.swap == 11264u);
  CHECK(regions[1].rss == 1024u && !regions[1].size && !regions[1].swap);
  CHECK(regions[2].path.empty() && regions[3].path == "[stack]");
}

void pieces_may_end_anywhere() {
  const auto whole = regions_of(kText);
  for (std::size_t piece = 1; piece < 300; ++piece) {
    const auto regions = regions_of(kText, piece);
    CHECK(regions.size() == whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i) {
      CHECK(regions[i].addr == whole[i].addr && regions[i].path == whole[i].path);
      CHECK(regions[i].rss == whole[i].rss && regions[i].swap == whole[i].swap);
    }
  }
}

void sums_take_exactly_what_they_are_called() {
  const auto sums = sums_of(kText);
  CHECK(sums.uss == (3 + 4 + 10 + 3) * 1024 && sums.pss == (6 + 2) * 1024u && sums.swap == (11 + 1) * 1024u);
  const auto rollup = sums_of(
      "55d0c8a00000-7ffc00021000 ---p 00000000 00:00 0                          [rollup]\nRss: 9 kB\nPss: 8 kB\n"
      "Pss_Anon: 100 kB\nPss_File: 100 kB\nPrivate_Clean: 0 kB\nPrivate_Dirty: 5 kB\nSwapPss: 100 kB\nSwap: 0 kB\n");
  CHECK(rollup.uss == 5120 && rollup.pss == 8192u && rollup.swap == 0u);
  const auto old_kernel = sums_of("1000-2000 rw-p 0 0:0 0 \nRss: 9 kB\nPrivate_Dirty: 5 kB\n");
  CHECK(old_kernel.uss == 5120 && !old_kernel.pss && !old_kernel.swap);
}

void odd_texts_give_what_they_have() {
  CHECK(regions_of("").empty() && regions_of("\n\n\n").empty() && regions_of("Rss: 5 kB\nVmFlags: rd\n").empty());
  CHECK(regions_of(std::string_view("\0\xff:-\n\0 \n-: \n", 12)).empty());
  CHECK(sums_of("Pss: 5 kB\nPrivate_Clean: 4 kB\n").uss == 0);
  const auto flags_first = regions_of("1000-2000 rw-p 0 0:0 0 /x\nVmFlags: rd ex\nRss: 5 kB\n");
  CHECK(flags_first.size() == 1 && flags_first[0].rss == 5120u);
  for (const char* line : {"Rss: 5", "Rss: 5 MB", "Rss: -5 kB", "Rss: kB", "Rss:", "Rss: ", "Rss 5 kB", "rss: 5 kB",
                           "Rss: 5x kB", "Rss: 99999999999999999999 kB", "Rss: 18446744073709551615 kB"}) {
    const auto regions = regions_of("1000-2000 rw-p 0 0:0 0 /x\n"s + line + "\nPss: 4 kB");
    CHECK(regions.size() == 1 && !regions[0].rss && regions[0].pss == 4096u);
  }
  for (const char* header : {"1000-2000", "1000-2000 rw-p", "1000-2000 rw-p 0 0:0", "1000-2000 rw-p 0 0:0 0"}) {
    const auto regions = regions_of(header + "\nRss: 5 kB"s);
    CHECK(regions.size() == 1 && regions[0].path.empty() && regions[0].rss == 5120u);
  }
  for (std::size_t cut = 0; cut <= kText.size(); ++cut) regions_of(std::string_view(kText).substr(0, cut));
}

void paths_are_taken_as_they_are() {
  for (const char* path : {"/with  two blanks", "/blank at end ", "/Rss: 5 kB", "/\xff\xfe", "/line\\012feed", "[heap]",
                           "[anon:my heap]", "anon_inode:[x]", "/1000-2000 rw-p", "/a:"}) {
    const auto regions = regions_of("1000-2000 rw-p 0 0:0 0      "s + path + "\nRss: 5 kB\n");
    CHECK(regions.size() == 1 && regions[0].path == path);
  }
  // The kernel writes a line feed as \012, so this cannot be; nor can it hide a value.
  const auto forged = regions_of("1000-2000 rw-p 0 0:0 0 /two\nlines\nRss: 5 kB\n");
  CHECK(forged.size() == 1 && forged[0].path == "/two" && forged[0].rss == 5120u);
}

void nonsense_does_not_wrap_round() {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
  std::string text;
  for (int i = 0; i < 3; ++i)
    text += "1000-2000 rw-p 0 0:0 0 /x\nRss: 18014398509481983 kB\nPss: 18014398509481983 kB\n";
  CHECK(sums_of(text).pss == kMost);
  CHECK(rows_of(text, true).at(0).rss == kMost);
}

void rows_are_grouped_in_the_order_of_their_paths() {
  const auto each = rows_of(kText, false);
  CHECK(each.size() == 4 && each[1].addr == "55d0c8a02000-55d0c8a04000" && each[1].perms == "rw-p");
  CHECK(each[2].path == "[anon]" && each[2].rss == 20480 && !each[2].size);
  const auto grouped = rows_of(kText +
                                   "9000-a000 r--p 0 0:0 0\nRss: 1 kB\n9000-a000 r--p 0 0:0 0 /usr/bin/a program\n"
                                   "Rss: 1 kB\nSize: 1 kB\n",
                               true);
  CHECK(grouped.size() == 3 && !grouped[0].addr && !grouped[0].perms);
  CHECK(grouped[0].path == "/usr/bin/a program" && grouped[0].rss == 9 * 1024 && grouped[0].size == 9 * 1024u);
  CHECK(grouped[1].path == "[anon]" && grouped[1].rss == 21 * 1024 && !grouped[1].size);
  CHECK(grouped[2].path == "[stack]" && rows_of(kText.substr(kText.find("7f00")), true).at(0).path == "[anon]");
}

void many_paths_are_grouped_like_few() {
  std::string text;
  for (int round = 0; round < 3; ++round) {
    for (int path = 0; path < 300; ++path) text += "1000-2000 rw-p 0 0:0 0 /f" + std::to_string(path) + "\nRss: 1 kB\n";
  }
  const auto grouped = rows_of(text, true);
  CHECK(grouped.size() == 300);
  for (std::size_t i = 0; i < grouped.size(); ++i) {
    CHECK(grouped[i].path == "/f" + std::to_string(i) && grouped[i].rss == 3 * 1024);
  }
}

void the_mark_of_deleted_files_is_no_name() {
  const auto text = "1000-2000 rw-p 0 0:0 0 /x (deleted)\nRss: 5 kB\n2000-3000 rw-p 0 0:0 0 /x\nRss: 5 kB\n";
  CHECK(rows_of(text, true, false).size() == 1 && rows_of(text, true, false)[0].path == "/x");
  CHECK(rows_of(text, true, true).size() == 2 && rows_of(text, true, true)[0].path == "/x (deleted)");
  CHECK(rows_of("1000-2000 rw-p 0 0:0 0  (deleted)\n", false)[0].path == "(deleted)");
}

void more_than_a_message_holds_is_refused() {
  Rows rows;
  MemoryMapRows list(rows, false, [](const std::string&) { return false; });
  SmapsRegion region;
  region.path.assign(4096, 'x');
  for (int i = 0; i < 10'000; ++i) list.add(region);
  CHECK(list.overflowed() && rows.size() < 9'000);
}

// Lines as the kernel writes them are taken without a search: whatever stands between them must not shift the others.
void usual_lines_are_read_like_all_others() {
  const std::vector<std::string> odd{"Rss:            12345678 kB\n",
                                     "Rss:           123456789 kB\n",
                                     "Rss:                   7 MB\n",
                                     "Rss:                     kB\n",
                                     "Rss:                  -7 kB\n",
                                     "Rss:                 7 7 kB\n",
                                     "Rsss:                  7 kB\n",
                                     "Rss :                  7 kB\n",
                                     "Rss:            1\nPss: 77 kB\n",
                                     "Rss:                   7 kB \n",
                                     "Rss:\n",
                                     "\n",
                                     "Private_Dirty:         7 kB\n",
                                     "Private_Other:         7 kB\n",
                                     "KernelPageSize: 1\nRss: 44 kB\n",
                                     "2000-3000 r--p 0 0:0 0 /z\n",
                                     "VmFlags: rd kB\n",
                                     "x"};
  std::string text;
  for (const auto& line : odd) {
    for (const auto& next : odd) {
      text += kText +
              "8000-9000 r--p 00000000 fd:01 1048 /y\nSize:                  8 kB\nKernelPageSize:        4 kB\n" +
              line + "Rss:                   7 kB\nPss:                   6 kB\n" + next +
              "Private_Clean:        33 kB\nPrivate_Dirty:        44 kB\nSwap:                 55 kB\n";
    }
  }
  const auto values = [](const SmapsRegion& r) {
    return std::tuple(r.addr, r.perms, r.path, r.size, r.rss, r.pss, r.shared_clean, r.shared_dirty, r.private_clean,
                      r.private_dirty, r.referenced, r.anonymous, r.swap);
  };
  const auto sums = [](std::string_view all, std::size_t piece) {
    SmapsParser parser;
    for (; !all.empty(); all.remove_prefix(std::min(piece, all.size()))) parser.feed(all.substr(0, piece));
    parser.end();
    return std::tuple(parser.sums().uss, parser.sums().pss, parser.sums().swap);
  };
  // A letter at a time no line is whole, and none is taken as a usual one.
  const auto slowly = regions_of(text, 1);
  for (const std::size_t piece : {std::size_t{28}, std::size_t{29}, std::size_t{4096}, text.size()}) {
    const auto regions = regions_of(text, piece);
    CHECK(regions.size() == slowly.size());
    for (std::size_t i = 0; i < regions.size(); ++i) CHECK(values(regions[i]) == values(slowly[i]));
    CHECK(sums(text, piece) == sums(text, 1));
  }
}

}  // namespace

int main() {
  values_are_in_bytes();
  usual_lines_are_read_like_all_others();
  pieces_may_end_anywhere();
  sums_take_exactly_what_they_are_called();
  odd_texts_give_what_they_have();
  paths_are_taken_as_they_are();
  nonsense_does_not_wrap_round();
  rows_are_grouped_in_the_order_of_their_paths();
  many_paths_are_grouped_like_few();
  the_mark_of_deleted_files_is_no_name();
  more_than_a_message_holds_is_refused();
}
