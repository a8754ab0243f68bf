// SPDX-License-Identifier: Apache-2.0
// A library to be preloaded: the wall clock, and it alone, is moved by the seconds that a file says, as they are now.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

namespace {

// The first eight bytes of the file that HOSTSCOPE_TEST_CLOCK names.
std::int64_t moved_by() {
  static const volatile std::int64_t* seconds = [] {
    const int file = ::open(::getenv("HOSTSCOPE_TEST_CLOCK"), O_RDONLY | O_CLOEXEC);
    void* at = ::mmap(nullptr, sizeof(std::int64_t), PROT_READ, MAP_SHARED, file, 0);
    if (file < 0 || at == MAP_FAILED) ::abort();
    ::close(file);
    return static_cast<const volatile std::int64_t*>(at);
  }();
  return *seconds;
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) {
  const long result = ::syscall(SYS_clock_gettime, clock, time);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += moved_by();
  return static_cast<int>(result);
}

int gettimeofday(timeval* time, void*) {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  *time = {now.tv_sec, now.tv_nsec / 1000};
  return 0;
}

time_t time(time_t* out) {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  if (out != nullptr) *out = now.tv_sec;
  return now.tv_sec;
}

}  // extern "C"
