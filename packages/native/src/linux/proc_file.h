// SPDX-License-Identifier: Apache-2.0
// Reading kernel files: whole, in as few system calls as possible, into a buffer that is used again.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "core/unique_fd.h"

namespace hostscope::linux_os {

// What a read came to: the text, or an errno.
struct FileText {
  std::string_view text;  // points into the FileReader's buffer, valid until its next read
  int error = 0;
};

class FileReader {
 public:
  static constexpr std::size_t kLimit = 16 * 1024 * 1024;

  // Reads all of `name` below the directory `dir` (or an absolute path with AT_FDCWD). Content past the limit is
  // cut: no kernel file that is parsed here comes near it.
  FileText read(int dir, const char* name) { return read_until(dir, name, End::kEmptyRead); }
  // The same for a file that the kernel makes as one record (stat, status, statm, io, cmdline): a short read is its
  // end, which saves a system call per file. A file of many records may read short in the middle.
  FileText read_record(int dir, const char* name) { return read_until(dir, name, End::kShortRead); }
  // The same through a descriptor that stays open: `file` is opened if it is not, and read from its start.
  FileText read_record(UniqueFd& file, int dir, const char* name);
  // The same of a file that is open, from where it stands. EBADF if it is not.
  FileText read(const UniqueFd& file) { return read_all(file.get(), End::kEmptyRead, From::kHere); }
  // Gives a file of many records to `take` in pieces, as they are read, until `take` says false. An errno.
  int read_pieces(int dir, const char* name, const std::function<bool(std::string_view)>& take);
  // The target of a symbolic link.
  FileText read_link(int dir, const char* name);

 private:
  // Small buffers make the kernel build /proc files in pieces, which is slow and may not be one moment's state.
  static constexpr std::size_t kFirstRead = 32 * 1024;

  enum class End { kEmptyRead, kShortRead };
  enum class From { kHere, kStart };
  FileText read_until(int dir, const char* name, End end);
  FileText read_all(int file, End end, From from);
  void grow(std::size_t used);

  // Not a string: that would write every byte of a buffer that most files hardly fill.
  std::size_t room_ = kFirstRead;
  std::unique_ptr<char[]> buffer_ = std::make_unique_for_overwrite<char[]>(kFirstRead);
};

}  // namespace hostscope::linux_os
