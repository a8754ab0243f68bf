// sources: all
// SPDX-License-Identifier: Apache-2.0
// Usage: process_get reader|syscalls|unchecked ATTRIBUTE PID
// One attribute of one process: through the collector's reader; by the bare system calls that such a read needs,
// parsing nothing; and by those alone that give the value of whoever has this pid by now. Answers each line on stdin
// with the microseconds that one read takes.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <string>

#include "collector.h"
#include "core/read_guard.h"

using namespace hostscope;
using A = model::ProcessAttribute;

namespace {

constexpr int kReads = 1000;

struct Attribute {
  const char* name;
  A attribute;
  const char* file;  // besides stat, which tells who the process is; null: stat has the value
  const char* second_file = nullptr;
};
constexpr std::array<Attribute, 5> kAttributes{{
    {"cpu_times", A::kCpuTimes, nullptr},
    {"memory_info", A::kMemoryInfo, "statm"},
    {"num_fds", A::kNumFds, "fd"},
    {"cwd", A::kCwd, "cwd"},
    {"memory_full_info", A::kMemoryFullInfo, "statm", "smaps_rollup"},
}};

std::array<char, 32 * 1024> buffer;

void require(bool it_is_so) {
  if (it_is_so) return;
  std::perror("process_get");
  std::exit(1);
}

void read_file(int dir, const char* name) {
  const int file = ::openat(dir, name, O_RDONLY | O_CLOEXEC);
  require(file >= 0 && ::read(file, buffer.data(), buffer.size()) > 0);
  ::close(file);
}

void read_directory(int dir, const char* name) {
  const int listing = ::openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  require(listing >= 0);
  while (::getdents64(listing, buffer.data(), buffer.size()) > 0) {
  }
  ::close(listing);
}

void read_value(int dir, const Attribute& attribute) {
  switch (attribute.attribute) {
    case A::kNumFds:
      return read_directory(dir, attribute.file);
    case A::kCwd:
      return require(::readlinkat(dir, attribute.file, buffer.data(), buffer.size()) > 0);
    default:
      for (const char* file : {attribute.file, attribute.second_file}) {
        if (file != nullptr) read_file(dir, file);
      }
  }
}

void by_syscalls(const std::string& pid, const Attribute& attribute) {
  static const int proc = ::open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
  const int dir = ::openat(proc, pid.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  const int pidfd = static_cast<int>(::syscall(SYS_pidfd_open, std::atoi(pid.c_str()), 0));
  struct stat identity {};
  require(dir >= 0 && pidfd >= 0 && ::fstat(pidfd, &identity) == 0);
  ::close(pidfd);
  read_file(dir, "stat");
  read_value(dir, attribute);
  ::close(dir);
}

void unchecked(const std::string& pid, const Attribute& attribute) {
  static const int dir = ::open(("/proc/" + pid).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (attribute.file == nullptr) return read_file(dir, "stat");
  read_value(dir, attribute);
}

// As Process.Get does it, with a reader of its own for each call.
void by_reader(const Collector& collector, std::int64_t pid, const Attribute& attribute) {
  ReadProgress progress;
  const StuckTargets nothing_stuck;
  ReadGuard guard(progress, nothing_stuck);
  model::ProcessRow row;
  const auto reader = collector.process_reader();
  ProcessQuery query;
  query.attributes.add(attribute.attribute);
  require(reader && (*reader)->read(pid, query, guard, row) == RowOutcome::kRead);
  require(row.present.has(attribute.attribute));
}

double microseconds_each(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < kReads; ++i) work();
  const std::chrono::duration<double, std::micro> elapsed = std::chrono::steady_clock::now() - start;
  return elapsed.count() / kReads;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 64;
  const std::string how = argv[1], name = argv[2], pid = argv[3];
  const auto collector = make_collector({.proc = "/proc", .sys = "/sys", .dev = "/dev"});
  for (const auto& attribute : kAttributes) {
    if (name != attribute.name) continue;
    const std::function<void()> work = [&] {
      if (how == "reader") return by_reader(*collector, std::atoll(pid.c_str()), attribute);
      how == "syscalls" ? by_syscalls(pid, attribute) : unchecked(pid, attribute);
    };
    std::cout << "ready" << std::endl;
    for (std::string line; std::getline(std::cin, line);) std::cout << microseconds_each(work) << std::endl;
    return 0;
  }
  return 64;
}
