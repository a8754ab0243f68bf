// sources: all
// SPDX-License-Identifier: Apache-2.0
#include "linux/exit_watcher.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <map>
#include <mutex>
#include <thread>

#include "core/check.h"
#include "linux/proc_file.h"
#include "linux/process_stat.h"

using namespace hostscope;
using namespace hostscope::linux_os;
using namespace std::chrono_literals;

namespace {

class Ends : public ExitListener {
 public:
  void exited(std::size_t which, std::optional<std::int32_t> returncode) override {
    const std::lock_guard lock(mutex_);
    CHECK(codes_.emplace(which, returncode).second);  // once
  }
  void settled() override { ++settled_; }

  std::size_t count() {
    const std::lock_guard lock(mutex_);
    return codes_.size();
  }
  std::optional<std::int32_t> code(std::size_t which) {
    const std::lock_guard lock(mutex_);
    return codes_.at(which);
  }
  bool come_to(std::size_t count) {
    for (int tries = 0; tries < 2000; ++tries) {
      if (this->count() == count) return true;
      std::this_thread::sleep_for(5ms);
    }
    return false;
  }

 private:
  std::mutex mutex_;
  std::map<std::size_t, std::optional<std::int32_t>> codes_;
  std::atomic<int> settled_ = 0;
};

Result<model::ProcessRef> identify(int proc, std::int64_t pid) {
  FileReader reader;
  const auto [text, error] = reader.read_record(proc, (std::to_string(pid) + "/stat").c_str());
  const auto stat = parse_process_stat(text);
  if (error != 0 || !stat) return Status::no_such_process(pid);
  model::ProcessRef ref;
  ref.pid = pid;
  ref.start = stat->starttime;
  return ref;
}

struct Fixture {
  explicit Fixture(bool pidfds)
      : watcher(std::make_shared<ExitWatcher>(
            ExitWatcher::Source{proc.get(), pidfds, [this](std::int64_t pid) { return identify(proc.get(), pid); }})) {}
  ~Fixture() { watcher->close(); }

  gen::ProcessRef ref(pid_t pid) {
    const auto found = identify(proc.get(), pid);
    CHECK(found);
    return {.pid = pid, .start = found->start, .pidfd_inode = std::nullopt, .boot = std::nullopt};
  }
  std::shared_ptr<ExitWatch> watch(const gen::ProcessRef& ref, std::size_t which,
                                   ExitWatchMode mode = ExitWatchMode::kWait) {
    auto watch = watcher->watch(ref, mode, which, ends);
    CHECK(watch);
    return *watch;
  }

  const UniqueFd proc{::open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC)};
  const std::shared_ptr<Ends> ends = std::make_shared<Ends>();
  const std::shared_ptr<ExitWatcher> watcher;
};

// One that ends with this code as soon as it is told to, and by itself after a minute.
pid_t start(int code) {
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGUSR1);
  ::sigprocmask(SIG_BLOCK, &set, nullptr);  // before there is anybody to be told
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  ::alarm(60);
  int signal = 0;
  ::sigwait(&set, &signal);
  ::_exit(code);
}

void end(pid_t pid) { ::kill(pid, SIGUSR1); }

void tells_of_many_and_peeks_at_their_codes(bool pidfds) {
  constexpr int kCount = 40;
  Fixture fixture(pidfds);
  std::vector<pid_t> pids;
  std::vector<std::shared_ptr<ExitWatch>> watches;
  for (int i = 0; i < kCount; ++i) {
    pids.push_back(start(i));
    watches.push_back(fixture.watch(fixture.ref(pids.back()), static_cast<std::size_t>(i)));
    CHECK(watches.back());
  }
  CHECK(fixture.ends->count() == 0);
  for (const pid_t pid : pids) end(pid);
  CHECK(fixture.ends->come_to(kCount));
  for (int i = 0; i < kCount; ++i) {
    const auto code = fixture.ends->code(static_cast<std::size_t>(i));
    CHECK(code == i || (!pidfds && !code && i == 0));
    CHECK(::waitpid(pids[static_cast<std::size_t>(i)], nullptr, 0) > 0);
  }
}

void tells_of_the_past_at_once() {
  Fixture fixture(true);
  const pid_t pid = start(3);
  const auto ref = fixture.ref(pid);
  auto older = ref;
  older.start = *ref.start - 1;
  CHECK(!fixture.watch(older, 0));
  CHECK(fixture.ends->count() == 1 && !fixture.ends->code(0));
  CHECK(!fixture.watch(ref, 1, ExitWatchMode::kLook));
  CHECK(fixture.ends->count() == 1);
  end(pid);
  siginfo_t info{};
  CHECK(::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) == 0);
  CHECK(!fixture.watch(ref, 2));
  CHECK(fixture.ends->code(2) == 3);
  CHECK(::waitpid(pid, nullptr, 0) == pid);
  CHECK(!fixture.watch(ref, 3));
  CHECK(fixture.ends->count() == 3 && !fixture.ends->code(3));
  CHECK(!fixture.watcher->watch({.pid = 0, .start = {}, .pidfd_inode = {}, .boot = {}}, ExitWatchMode::kWait, 4,
                                fixture.ends));
}

std::size_t open_descriptors() {
  std::size_t count = 0;
  for (int fd = 0; fd < 1024; ++fd) count += ::fcntl(fd, F_GETFD) >= 0 ? 1 : 0;
  return count;
}

void shares_descriptors_and_lets_go_of_them() {
  Fixture fixture(true);
  const pid_t pid = start(0);
  const auto ref = fixture.ref(pid);
  const auto before = open_descriptors();
  std::vector<std::shared_ptr<ExitWatch>> watches;
  for (std::size_t i = 0; i < 100; ++i) watches.push_back(fixture.watch(ref, i));
  CHECK(open_descriptors() == before + 1);
  watches.resize(1);
  CHECK(open_descriptors() == before + 1);
  watches.clear();
  CHECK(open_descriptors() == before);
  end(pid);
  CHECK(::waitpid(pid, nullptr, 0) == pid);
  CHECK(fixture.ends->count() == 0);
}

// Many threads that begin and end waits while processes end.
void is_safe_for_threads() {
  Fixture fixture(true);
  std::vector<pid_t> pids;
  for (int i = 0; i < 20; ++i) pids.push_back(start(1));
  std::atomic<std::size_t> next = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 100; ++round) {
        for (const pid_t pid : pids) {
          const gen::ProcessRef ref{.pid = pid, .start = {}, .pidfd_inode = {}, .boot = {}};
          const auto watch = fixture.watch(ref, next++);
        }
      }
    });
  }
  for (const pid_t pid : pids) {
    end(pid);
    std::this_thread::sleep_for(2ms);
  }
  for (auto& thread : threads) thread.join();
  for (const pid_t pid : pids) CHECK(::waitpid(pid, nullptr, 0) == pid);
}

void closing_tells_nobody() {
  const pid_t pid = start(0);
  std::shared_ptr<ExitWatch> watch;
  std::shared_ptr<Ends> ends;
  {
    Fixture fixture(true);
    watch = fixture.watch(fixture.ref(pid), 0);
    ends = fixture.ends;
  }
  end(pid);
  CHECK(::waitpid(pid, nullptr, 0) == pid);
  std::this_thread::sleep_for(20ms);
  CHECK(ends->count() == 0);
  watch = nullptr;
}

}  // namespace

int main() {
  tells_of_many_and_peeks_at_their_codes(true);
  tells_of_many_and_peeks_at_their_codes(false);
  tells_of_the_past_at_once();
  shares_descriptors_and_lets_go_of_them();
  is_safe_for_threads();
  closing_tells_nobody();
}
