// sources: linux/smaps.cc linux/memory_map_rows.cc linux/process_root.cc linux/open_files.cc linux/fd_walk.cc
// SPDX-License-Identifier: Apache-2.0
#include <tuple>
#include <utility>

#include "fuzz_target.h"
#include "linux/fd_walk.h"
#include "linux/memory_map_rows.h"
#include "linux/open_files.h"
#include "linux/smaps.h"

using namespace hostscope;
using namespace hostscope::linux_os;

namespace {

using Row = model::ProcessMemoryMap;

struct Result {
  std::vector<Row> rows;
  model::ProcessMemoryFullInfo sums;
};

Result read(std::string_view text, std::size_t piece, bool grouped) {
  std::vector<Row> rows;
  MemoryMapRows list(rows, grouped, [](const std::string& path) { return path.size() % 2 == 0; });
  SmapsParser parser([&](const SmapsRegion& region) { list.add(region); });
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) parser.feed(text.substr(0, piece));
  parser.end();
  CHECK(parser.empty() == rows.empty());
  return {std::move(rows), parser.sums()};
}

auto values(const Row& row) {
  return std::tie(row.path, row.addr, row.perms, row.rss, row.size, row.pss, row.shared_clean, row.shared_dirty,
                  row.private_clean, row.private_dirty, row.referenced, row.anonymous, row.swap);
}

}  // namespace

FUZZ_TARGET(smaps) {
  const auto whole = read(text, text.size() + 1, false);
  // No line is in one piece: none is taken as a usual one.
  const auto pieces = read(text, 7, false);
  CHECK(whole.rows.size() == pieces.rows.size());
  for (std::size_t i = 0; i < whole.rows.size(); ++i) CHECK(values(whole.rows[i]) == values(pieces.rows[i]));
  CHECK(whole.sums.uss == pieces.sums.uss && whole.sums.pss == pieces.sums.pss && whole.sums.swap == pieces.sums.swap);
  CHECK(read(text, 64, true).rows.size() <= whole.rows.size());
}

FUZZ_TARGET(parse_fdinfo) { parse_fdinfo(text); }

FUZZ_TARGET(socket_inode) { socket_inode(text); }
