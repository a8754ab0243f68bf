// SPDX-License-Identifier: Apache-2.0
// From a method to the code that answers it.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "call.h"
#include "collector.h"
#include "core/result.h"
#include "core/worker_pool.h"
#include "gen/methods.gen.h"
#include "wire/writer.h"

namespace hostscope {

// Where a handler runs.
enum class Lane : std::uint8_t {
  kInline,  // on the calling thread: bounded reads of the kernel's own trees only (on a worker if the roots are not)
  kPool,    // on a worker: may block
  kAsync,   // on the calling thread, reads nothing itself: checks the request and submits jobs of its own
};

struct SharedReads;
class WatchCounts;
class WatchHub;
class WatchPace;

// What handlers work with. Copy it into jobs: it keeps everything alive that they use.
struct Context {
  std::shared_ptr<const Collector> collector;
  std::shared_ptr<WorkerPool> pool;
  std::shared_ptr<WorkerPool> file_pool;  // for file systems of the host: a dead one holds its threads, and no others
  std::shared_ptr<WorkerPool>
      tree_pool;  // for ending trees: such a job waits for others for as long as its caller likes
  std::shared_ptr<const SharedReads> shared;
  std::shared_ptr<WatchHub> watches;
  std::shared_ptr<WatchPace> pace;
  std::shared_ptr<WatchCounts> watch_counts;
  // Names of the methods that work here, sorted; filled in by the dispatcher.
  std::shared_ptr<const std::vector<std::string_view>> methods;
  // Whether Process.Popen works. It is not answered here: Node starts programs.
  bool starts_programs = false;

  static Context open(std::shared_ptr<const Collector> collector, const WorkerPoolOptions& options);
  // Ends the threads; once, by whoever opened it.
  void close() const;
};

// Answers one call by call->finish() or call->fail(), now or later.
using Handler = std::function<void(const Context& context, const CallPtr& call)>;

// Parses the request of a call; fails the call and gives nothing if it cannot be read.
template <class Request>
std::optional<Request> parse_request(const CallPtr& call) {
  Request request;
  std::string error;
  if (Request::parse(call->request(), request, error)) return request;
  call->fail(Status::invalid_argument("", "the request cannot be read: " + error));
  return std::nullopt;
}

// Runs `work` on a worker, after `delay`. Fails the call if no thread can be had or the work gets stuck.
void run_on_pool(const Context& context, const CallPtr& call, std::function<void()> work,
                 std::chrono::milliseconds delay = std::chrono::milliseconds::zero());

// Fails the call at this time with DEADLINE_EXCEEDED if it is not over by then.
void fail_at(WorkerPool& pool, const CallPtr& call, Call::Clock::time_point when, std::string_view message);

class Handlers {
 public:
  struct Entry {
    Lane lane = Lane::kInline;
    Handler handler;  // empty: not implemented yet
  };

  void add(gen::Method method, Lane lane, Handler handler) {
    entries_[static_cast<std::size_t>(method)] = {lane, std::move(handler)};
  }

  // A unary method in one step: `answer` gets the parsed request and fills the response.
  template <class Request, class ResponseWriter>
  void unary(gen::Method method, Lane lane, Result<void> (*answer)(const Collector&, const Request&, ResponseWriter&)) {
    answer_with<Request, ResponseWriter>(
        method, lane, [answer](const Context& context, const CallPtr&, const Request& request, ResponseWriter& out) {
          return answer(*context.collector, request, out);
        });
  }

  // The same for one that acts: it gets what its caller may do, too.
  template <class Request, class ResponseWriter>
  void unary(gen::Method method, Lane lane,
             Result<void> (*answer)(const Collector&, const Grant&, const Request&, ResponseWriter&)) {
    answer_with<Request, ResponseWriter>(
        method, lane,
        [answer](const Context& context, const CallPtr& call, const Request& request, ResponseWriter& out) {
          return answer(*context.collector, call->grant(), request, out);
        });
  }

  const Entry& operator[](gen::Method method) const { return entries_[static_cast<std::size_t>(method)]; }

 private:
  template <class Request, class ResponseWriter, class Answer>
  void answer_with(gen::Method method, Lane lane, Answer answer) {
    add(method, lane, [answer](const Context& context, const CallPtr& call) {
      const auto request = parse_request<Request>(call);
      if (!request) return;
      wire::Writer bytes;
      ResponseWriter response(bytes);
      auto result = answer(context, call, *request, response);
      if (result) {
        call->finish(bytes.take_buffer());
      } else {
        call->fail(std::move(result.status()));
      }
    });
  }

  std::array<Entry, std::size(gen::kMethods)> entries_;
};

// Each in a file of its own, in handlers/.
void add_system_handlers(Handlers& handlers);
void add_disk_handlers(Handlers& handlers);
void add_network_handlers(Handlers& handlers);
void add_net_connections_handlers(Handlers& handlers);
void add_host_handlers(Handlers& handlers);
void add_limits_handlers(Handlers& handlers);
void add_sensors_handlers(Handlers& handlers);
void add_process_family_handlers(Handlers& handlers);
void add_process_rlimit_handlers(Handlers& handlers);
void add_process_wait_handlers(Handlers& handlers);
void add_process_lease_handlers(Handlers& handlers);
void add_process_select_handlers(Handlers& handlers);
void add_process_handlers(Handlers& handlers);
void add_watch_handlers(Handlers& handlers);
void add_process_settings_handlers(Handlers& handlers);
void add_process_signals_handlers(Handlers& handlers);
void add_process_trees_handlers(Handlers& handlers);
void add_win_service_handlers(Handlers& handlers);

// Answers calls. Holds no state of a JavaScript environment.
class Dispatcher {
 public:
  explicit Dispatcher(Context context);
  // Starts the call on its lane. Calls without a handler fail with kNotImplemented.
  void start(const CallPtr& call) const;

 private:
  Context context_;
  Handlers handlers_;
  bool inline_allowed_;
};

}  // namespace hostscope
