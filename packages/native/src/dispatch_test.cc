// sources: all
// SPDX-License-Identifier: Apache-2.0
// Every method that changes nothing, over and over, on this host and on every machine of test/fixtures, with requests
// that are right, wrong and no requests at all. Under the sanitizers of these tests that shows each wrong access and
// each leak, also of what no other test calls.
#include "dispatch.h"

#include <unistd.h>

#include <condition_variable>
#include <filesystem>
#include <string>
#include <vector>

#include "core/check.h"
#include "gen/process_info.gen.h"

using namespace hostscope;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

// Waits for the end of one call at a time.
class Waiter : public CallSink {
 public:
  void deliver(CallEvent event) override {
    std::lock_guard lock(mutex_);
    if (event.kind == CallEvent::Kind::kChunk) return;
    answered_ += event.kind == CallEvent::Kind::kEnd ? 1 : 0;
    over_ = true;
    changed_.notify_one();
  }

  void wait() {
    std::unique_lock lock(mutex_);
    CHECK(changed_.wait_for(lock, 20s, [this] { return over_; }));
    over_ = false;
  }

  // Calls that did not fail.
  int answered() const { return answered_; }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool over_ = false;
  int answered_ = 0;
};

std::string varint(std::uint64_t value) {
  std::string out;
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
  return out;
}

std::string bytes_field(int field, const std::string& bytes) {
  return varint(static_cast<std::uint64_t>(field) << 3 | 2) + varint(bytes.size()) + bytes;
}

std::string ref(std::int64_t pid) { return bytes_field(1, "\x08" + varint(static_cast<std::uint64_t>(pid))); }

std::string all_attributes() {
  std::string out;
  for (int number = 1; number < 64; ++number) {
    if (gen::is_known(static_cast<gen::ProcessAttribute>(number))) out += varint(static_cast<std::uint64_t>(number));
  }
  return out;
}

// The same for all methods: what is no request of one is the right one for another.
std::vector<std::string> requests(std::int64_t pid) {
  const std::string yes = std::string("\x08\x01"), second_yes = std::string("\x10\x01");
  return {
      "",
      ref(pid),
      ref(pid) + bytes_field(2, all_attributes()),
      ref(pid) + second_yes,
      ref(0x3FFFFFFF),
      ref(0),
      bytes_field(1, all_attributes()),
      bytes_field(1, "/"),
      bytes_field(1, "/no/such/path"),
      yes,
      yes + second_yes,
      second_yes,
      std::string("\xff\xff\xff"),
  };
}

int call_everything(const Roots& roots, std::int64_t pid, int rounds) {
  const Context context = Context::open(make_collector(roots), {});
  const auto waiter = std::make_shared<Waiter>();
  {
    const Dispatcher dispatcher(context);
    for (int round = 0; round < rounds; ++round) {
      for (const gen::MethodInfo& method : gen::kMethods) {
        if (method.mutates) continue;
        for (const std::string& request : requests(pid)) {
          const auto deadline = Call::Clock::now() + 500ms;
          const auto call = std::make_shared<Call>(1, method, request, deadline, waiter);
          dispatcher.start(call);
          waiter->wait();
        }
      }
    }
  }
  context.close();
  return waiter->answered();
}

Roots roots_of(const fs::path& machine) {
  return {.proc = machine / "proc", .sys = machine / "sys", .dev = machine / "dev", .rootfs = machine};
}

}  // namespace

int main() {
  CHECK(call_everything({}, ::getpid(), 3) > 50);
  const fs::path machines = fs::path(__FILE__).parent_path() / "../../../test/fixtures/linux";
  int visited = 0;
  for (const auto& machine : fs::directory_iterator(machines)) {
    if (!machine.is_directory()) continue;
    call_everything(roots_of(machine.path()), 1, 1);
    ++visited;
  }
  CHECK(visited > 3);
  call_everything(roots_of("/no/such/machine"), 1, 1);
}
