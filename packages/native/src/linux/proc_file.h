// SPDX-License-Identifier: Apache-2.0
// Reading kernel files: whole, in as few system calls as possible, into a buffer that is used again.
#pragma once

#include <string>
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
  FileReader();
  // Reads all of `name` below the directory `dir` (or an absolute path with AT_FDCWD). Content past the limit is
  // cut: no kernel file that is parsed here comes near it.
  FileText read(int dir, const char* name) { return read_until(dir, name, End::kEmptyRead); }
  // The same for a file that the kernel makes as one record (stat, status, statm, io, cmdline): a short read is its
  // end, which saves a system call per file. A file of many records may read short in the middle.
  FileText read_record(int dir, const char* name) { return read_until(dir, name, End::kShortRead); }
  // The same through a descriptor that stays open: `file` is opened if it is not, and read from its start.
  FileText read_record(UniqueFd& file, int dir, const char* name);
  // The target of a symbolic link.
  FileText read_link(int dir, const char* name);

 private:
  enum class End { kEmptyRead, kShortRead };
  enum class From { kHere, kStart };
  FileText read_until(int dir, const char* name, End end);
  FileText read_all(int file, End end, From from);
  std::string buffer_;
};

}  // namespace hostscope::linux_os
