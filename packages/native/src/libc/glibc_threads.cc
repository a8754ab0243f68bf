// SPDX-License-Identifier: Apache-2.0
// The functions of threads as glibc had them before it moved them into its main library (2.34), and one wait that it
// had not (2.30). Hidden, so that the C++ library that is linked in calls them too. Only for builds that must run on
// old glibc.

#include <dlfcn.h>
#include <pthread.h>

#include <cerrno>
#include <cstdint>
#include <ctime>

// The name with which glibc has everything since its port to this architecture.
#define HOSTSCOPE_OLDEST(own, name) asm(".symver " #own ", " #name "@GLIBC_" HOSTSCOPE_GLIBC_OLDEST)

extern "C" {

int hostscope_oldest_create(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
int hostscope_oldest_detach(pthread_t);
int hostscope_oldest_join(pthread_t, void**);
int hostscope_oldest_once(pthread_once_t*, void (*)());
int hostscope_oldest_key_create(pthread_key_t*, void (*)(void*));
void* hostscope_oldest_dlsym(void*, const char*);
HOSTSCOPE_OLDEST(hostscope_oldest_create, pthread_create);
HOSTSCOPE_OLDEST(hostscope_oldest_detach, pthread_detach);
HOSTSCOPE_OLDEST(hostscope_oldest_join, pthread_join);
HOSTSCOPE_OLDEST(hostscope_oldest_once, pthread_once);
HOSTSCOPE_OLDEST(hostscope_oldest_key_create, __pthread_key_create);
HOSTSCOPE_OLDEST(hostscope_oldest_dlsym, dlsym);

#pragma GCC visibility push(hidden)

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*start)(void*), void* argument) {
  return hostscope_oldest_create(thread, attributes, start, argument);
}

int pthread_detach(pthread_t thread) { return hostscope_oldest_detach(thread); }

int pthread_join(pthread_t thread, void** result) { return hostscope_oldest_join(thread, result); }

int pthread_once(pthread_once_t* once, void (*routine)()) { return hostscope_oldest_once(once, routine); }

int __pthread_key_create(pthread_key_t* key, void (*destroy)(void*)) {
  return hostscope_oldest_key_create(key, destroy);
}

#pragma GCC visibility pop

}  // extern "C"

namespace {

constexpr std::int64_t kNsPerSecond = 1'000'000'000;

using ClockWait = int (*)(pthread_cond_t*, pthread_mutex_t*, clockid_t, const timespec*);

std::int64_t ns(const timespec& time) { return time.tv_sec * kNsPerSecond + time.tv_nsec; }

std::int64_t now(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return ns(time);
}

}  // namespace

#pragma GCC visibility push(hidden)

extern "C" {

// glibc 2.28 and 2.29 know the clock of the calendar only: where somebody sets that back, a wait lasts longer.
int hostscope_wait_by_calendar(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                               const timespec* end) {
  const std::int64_t until = now(CLOCK_REALTIME) + (ns(*end) - now(clock));
  if (until <= 0) return ETIMEDOUT;
  const timespec calendar{static_cast<time_t>(until / kNsPerSecond), static_cast<long>(until % kNsPerSecond)};
  return pthread_cond_timedwait(condition, mutex, &calendar);
}

int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock, const timespec* end) {
  static const auto found = reinterpret_cast<ClockWait>(hostscope_oldest_dlsym(RTLD_DEFAULT, "pthread_cond_clockwait"));
  return (found != nullptr ? found : hostscope_wait_by_calendar)(condition, mutex, clock, end);
}

}  // extern "C"

#pragma GCC visibility pop
