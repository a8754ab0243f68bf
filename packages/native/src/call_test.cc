// sources: call.cc core/status.cc core/errno_name.cc
// SPDX-License-Identifier: Apache-2.0
#include "call.h"

#include <thread>

#include "core/check.h"

using namespace hostscope;

namespace {

class Recorder : public CallSink {
 public:
  void deliver(CallEvent event) override {
    std::lock_guard lock(mutex_);
    events.push_back(std::move(event));
  }
  std::vector<CallEvent> events;

 private:
  std::mutex mutex_;
};

wire::Buffer buffer(std::string_view text) {
  wire::Writer writer;
  writer.put_bytes<1>(text);
  return writer.take_buffer();
}

struct Fixture {
  std::shared_ptr<Recorder> sink = std::make_shared<Recorder>();
  CallPtr call = std::make_shared<Call>(7, gen::kMethods[0], "", std::nullopt, sink);
};

void test_order_and_completion() {
  Fixture f;
  f.call->emit(buffer("a"));
  f.call->emit(buffer("b"));
  f.call->finish();
  f.call->emit(buffer("late"));
  f.call->finish(buffer("late"));
  f.call->fail(Status::internal("late"));
  CHECK(f.sink->events.size() == 3);
  CHECK(f.sink->events[0].bytes.view() ==
            "\x0a\x01"
            "a" &&
        f.sink->events[0].call_id == 7);
  CHECK(f.sink->events[1].kind == CallEvent::Kind::kChunk && f.sink->events[2].kind == CallEvent::Kind::kEnd);
  CHECK(!f.sink->events[2].has_bytes);
  CHECK(f.call->cancelled());
}

void test_failure_names_the_method() {
  Fixture f;
  f.call->fail(Status::invalid_argument("ref", "is required"));
  CHECK(f.sink->events.size() == 1 && f.sink->events[0].kind == CallEvent::Kind::kError);
  CHECK(f.sink->events[0].code == 3);
  CHECK(f.sink->events[0].message == std::string(gen::kMethods[0].name) + ": ref is required");
}

void test_cancel_is_silent() {
  Fixture f;
  int told = 0;
  f.call->when_over([&] { ++told; });
  f.call->cancel();
  f.call->cancel();
  f.call->when_over([&] { ++told; });
  CHECK(told == 2 && f.sink->events.empty());
}

void test_nothing_runs_ahead_of_the_reader() {
  Fixture f;
  int went_on = 0;
  const auto go_on = [&] { ++went_on; };
  f.call->when_read(go_on);
  CHECK(went_on == 1);
  const std::string big(800 * 1024, 'x');
  f.call->emit(buffer(big));
  f.call->when_read(go_on);
  CHECK(went_on == 2);
  f.call->emit(buffer(big));
  f.call->when_read(go_on);
  f.call->when_read(go_on);
  CHECK(went_on == 2);
  f.call->taken(1);
  CHECK(went_on == 2);
  f.call->taken(big.size());
  CHECK(went_on == 4);
  f.call->taken(100 * big.size());
  CHECK(went_on == 4);
}

void test_who_waits_for_the_reader_is_let_go_with_the_call() {
  Fixture f;
  const auto held = std::make_shared<int>(0);
  f.call->emit(buffer(std::string(2 * 1024 * 1024, 'x')));
  f.call->when_read([held] { ++*held; });
  CHECK(held.use_count() == 2);
  f.call->cancel();
  f.call->taken(3 * 1024 * 1024);
  f.call->when_read([held] { ++*held; });
  CHECK(held.use_count() == 1 && *held == 0);
}

void test_many_share_a_message() {
  const auto sink = std::make_shared<Recorder>();
  std::vector<CallPtr> calls;
  for (std::uint32_t id = 1; id <= 4; ++id) {
    calls.push_back(std::make_shared<Call>(id, gen::kMethods[0], "", std::nullopt, sink));
  }
  calls[0]->cancel();
  calls[2]->finish();
  Call::emit_to_all(calls, buffer("a"));
  CHECK(sink->events.size() == 2);
  const auto& shared = sink->events[1];
  CHECK(shared.kind == CallEvent::Kind::kChunk && shared.call_id == 2 &&
        shared.others == std::vector<std::uint32_t>{4});
  CHECK(shared.bytes.size() == 3 && calls[1]->unread() == 3 && calls[3]->unread() == 3 && calls[0]->unread() == 0);
  calls[1]->taken(3);
  CHECK(calls[1]->unread() == 0 && calls[3]->unread() == 3);
  for (const auto& call : calls) call->cancel();
  Call::emit_to_all(calls, buffer("b"));
  Call::emit_to_all({}, buffer("c"));
  CHECK(sink->events.size() == 2);
}

void test_threads_complete_it_once() {
  for (int round = 0; round < 200; ++round) {
    Fixture f;
    std::vector<std::thread> threads;
    for (int each = 0; each < 4; ++each) {
      threads.emplace_back([call = f.call] {
        call->emit(buffer("x"));
        call->finish();
      });
    }
    for (auto& thread : threads) thread.join();
    int ends = 0;
    for (const auto& event : f.sink->events) ends += event.kind == CallEvent::Kind::kEnd ? 1 : 0;
    CHECK(ends == 1 && f.sink->events.back().kind == CallEvent::Kind::kEnd);
  }
}

}  // namespace

int main() {
  test_order_and_completion();
  test_failure_names_the_method();
  test_cancel_is_silent();
  test_nothing_runs_ahead_of_the_reader();
  test_who_waits_for_the_reader_is_let_go_with_the_call();
  test_many_share_a_message();
  test_threads_complete_it_once();
}
