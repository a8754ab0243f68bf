// SPDX-License-Identifier: Apache-2.0
// What packages/native/src/libc replaces, used by way of the C++ library, each compared with what is known otherwise.
// Prints the name of each thing that is wrong.
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <ctime>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>

extern "C" int hostscope_wait_by_calendar(pthread_cond_t*, pthread_mutex_t*, clockid_t, const timespec*);

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kWait = std::chrono::milliseconds(50);

int failures = 0;

void expect(bool holds, const char* what) {
  if (holds) return;
  std::puts(what);
  ++failures;
}

// Through two functions, so that the unwinder has tables to find.
[[gnu::noinline]] int thrower(int depth) {
  if (depth == 0) throw std::runtime_error("thrown");
  return thrower(depth - 1) + 1;
}

void exceptions() {
  std::string caught;
  try {
    thrower(3);
  } catch (const std::runtime_error& error) {
    caught = error.what();
  }
  expect(caught == "thrown", "exceptions");
}

void threads() {
  int answer = 0;
  std::thread([&] {
    exceptions();
    answer = 42;
  }).join();
  expect(answer == 42, "threads");
}

void waits() {
  std::mutex mutex;
  std::condition_variable wake;
  std::unique_lock lock(mutex);
  const auto start = Clock::now();
  expect(wake.wait_until(lock, start + kWait) == std::cv_status::timeout, "end of a wait");
  expect(Clock::now() - start >= kWait, "length of a wait");
}

void waits_by_calendar() {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
  timespec end{};
  clock_gettime(CLOCK_MONOTONIC, &end);
  const auto start = Clock::now();
  end.tv_nsec += 50'000'000;
  if (end.tv_nsec >= 1'000'000'000) end = {end.tv_sec + 1, end.tv_nsec - 1'000'000'000};
  pthread_mutex_lock(&mutex);
  expect(hostscope_wait_by_calendar(&condition, &mutex, CLOCK_MONOTONIC, &end) == ETIMEDOUT, "end of an old wait");
  expect(Clock::now() - start >= kWait - std::chrono::milliseconds(5), "length of an old wait");
  end = {};
  expect(hostscope_wait_by_calendar(&condition, &mutex, CLOCK_MONOTONIC, &end) == ETIMEDOUT, "a wait that is over");
  pthread_mutex_unlock(&mutex);
}

void files(const char* program, const char* link) {
  struct stat by_path {
  }, of_link{}, missing{};
  expect(::stat(program, &by_path) == 0 && by_path.st_size > 0 && S_ISREG(by_path.st_mode), "stat");
  expect(::stat(link, &of_link) == 0 && of_link.st_ino == by_path.st_ino, "stat of a link");
  expect(::lstat(link, &of_link) == 0 && S_ISLNK(of_link.st_mode), "lstat");
  expect(::stat("/nowhere/at/all", &missing) == -1 && errno == ENOENT, "stat of nothing");
  int ends[2];
  struct stat of_pipe {};
  expect(::pipe(ends) == 0 && ::fstat(ends[0], &of_pipe) == 0 && S_ISFIFO(of_pipe.st_mode), "fstat");
}

void randomness() {
  std::random_device kernel;
  const unsigned first = kernel(), second = kernel(), third = kernel();
  expect(first != second || second != third, "random_device");
}

}  // namespace

int main(int, char** args) {
  exceptions();
  threads();
  waits();
  waits_by_calendar();
  files(args[1], args[2]);
  randomness();
  return failures == 0 ? 0 : 1;
}
