// SPDX-License-Identifier: Apache-2.0
// Functions that newer releases of glibc have, as the system calls that they are. Hidden, so that the C++ library that
// is linked in calls them too. Only for builds that must run on old glibc.

#include <dirent.h>
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>

#pragma GCC visibility push(hidden)

extern "C" {

// Of 2.32: whether there is one thread only. There never is: Node has several.
char __libc_single_threaded = 0;

// Of 2.33. On 64-bit systems the kernel's struct is the C library's.
int fstatat64(int folder, const char* path, struct stat64* out, int flags) noexcept {
  return static_cast<int>(::syscall(SYS_newfstatat, folder, path, out, flags));
}

int stat64(const char* path, struct stat64* out) noexcept { return fstatat64(AT_FDCWD, path, out, 0); }

int lstat64(const char* path, struct stat64* out) noexcept {
  return fstatat64(AT_FDCWD, path, out, AT_SYMLINK_NOFOLLOW);
}

int fstat64(int fd, struct stat64* out) noexcept { return static_cast<int>(::syscall(SYS_fstat, fd, out)); }

// Of 2.30.
ssize_t getdents64(int fd, void* buffer, std::size_t size) noexcept {
  return ::syscall(SYS_getdents64, fd, buffer, size);
}

// Of 2.36. It has no way to fail, and so few bytes do not: the kernel's generator is seeded long before Node runs.
std::uint32_t arc4random() noexcept {
  std::uint32_t value = 0;
  while (::getrandom(&value, sizeof value, 0) != sizeof value) {
    if (errno != EINTR) std::abort();
  }
  return value;
}

}  // extern "C"

#pragma GCC visibility pop
