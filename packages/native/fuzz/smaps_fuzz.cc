// sources: linux/smaps.cc linux/memory_map_rows.cc linux/process_root.cc linux/open_files.cc linux/fd_walk.cc
// SPDX-License-Identifier: Apache-2.0
#include "fuzz_target.h"
#include "linux/fd_walk.h"
#include "linux/memory_map_rows.h"
#include "linux/open_files.h"
#include "linux/smaps.h"

using namespace hostscope;
using namespace hostscope::linux_os;

namespace {

std::vector<model::ProcessMemoryMap> rows_of(std::string_view text, std::size_t piece, bool grouped) {
  std::vector<model::ProcessMemoryMap> rows;
  MemoryMapRows list(rows, grouped, [](const std::string& path) { return path.size() % 2 == 0; });
  SmapsParser parser([&](const SmapsRegion& region) { list.add(region); });
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) parser.feed(text.substr(0, piece));
  parser.end();
  CHECK(parser.empty() == rows.empty());
  return rows;
}

}  // namespace

FUZZ_TARGET(smaps) {
  const auto whole = rows_of(text, text.size() + 1, false);
  const auto pieces = rows_of(text, 7, false);
  CHECK(whole.size() == pieces.size());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    CHECK(whole[i].path == pieces[i].path && whole[i].addr == pieces[i].addr && whole[i].rss == pieces[i].rss);
  }
  CHECK(rows_of(text, 64, true).size() <= whole.size());
}

FUZZ_TARGET(parse_fdinfo) { parse_fdinfo(text); }

FUZZ_TARGET(socket_inode) { socket_inode(text); }
