// SPDX-License-Identifier: Apache-2.0
#include "dispatch.h"

#include <algorithm>

#include "handlers/shared_reads.h"
#include "handlers/watch.h"
#include "handlers/watch_counts.h"

namespace hostscope {
namespace {

Status missing(const gen::MethodInfo& info) {
  return Status::not_implemented(info.name, platform_name(), HOSTSCOPE_VERSION);
}

// A disk may sleep for seconds, and its callers wait for it; but whoever wants another disk does not.
WorkerPoolOptions for_files(WorkerPoolOptions options) {
  constexpr std::chrono::milliseconds kReplaceAfter{200};
  options.base_threads = std::min<std::size_t>(options.max_threads, 4);
  options.field_timeout = options.job_timeout = std::min(options.field_timeout, kReplaceAfter);
  return options;
}

// They hardly work: they wait. More at once than this have to wait for the first ones.
WorkerPoolOptions for_trees(WorkerPoolOptions options) {
  options.base_threads = options.max_threads;
  options.max_queue = 256;
  return options;
}

std::shared_ptr<const std::vector<std::string_view>> working_methods(const Handlers& handlers, const Context& context) {
  auto names = std::make_shared<std::vector<std::string_view>>();
  for (const auto& info : gen::kMethods) {
    const bool works = info.method == gen::Method::kProcessPopen
                           ? context.starts_programs && context.collector->controls_processes()
                           : handlers[info.method].handler && context.collector->supports(info.method);
    if (works) names->push_back(info.name);
  }
  std::sort(names->begin(), names->end());
  return names;
}

}  // namespace

void fail_at(WorkerPool& pool, const CallPtr& call, Call::Clock::time_point when, std::string_view message) {
  const auto timer = pool.at(when, [weak = std::weak_ptr(call), text = std::string(message)] {
    if (const auto waiting = weak.lock()) waiting->fail(Status::deadline(text));
  });
  call->when_over([weak = pool.weak_from_this(), timer] {
    if (const auto held = weak.lock()) held->cancel(timer);
  });
}

void run_on_pool(const Context& context, const CallPtr& call, std::function<void()> work,
                 std::chrono::milliseconds delay) {
  Job job{
      .op = call->info().name,
      .run =
          [call, work = std::move(work)](ReadGuard&) {
            if (!call->cancelled()) work();
          },
      .stuck = [call](std::optional<StuckTarget>) { call->fail(Status::deadline("the system does not answer")); },
      .rejected = [call](Status status) { call->fail(std::move(status)); },
  };
  if (delay > delay.zero()) {
    context.pool->submit_after(delay, std::move(job));
  } else {
    context.pool->submit(std::move(job));
  }
}

Context Context::open(std::shared_ptr<const Collector> collector, const WorkerPoolOptions& options) {
  return {.collector = std::move(collector),
          .pool = WorkerPool::create(options),
          .file_pool = WorkerPool::create(for_files(options)),
          .tree_pool = WorkerPool::create(for_trees(options)),
          .shared = std::make_shared<SharedReads>(),
          .watches = std::make_shared<WatchHub>(),
          .pace = std::make_shared<WatchPace>(),
          .watch_counts = std::make_shared<WatchCounts>(),
          .methods = nullptr};
}

void Context::close() const {
  pool->close();
  file_pool->close();
  tree_pool->close();
}

Dispatcher::Dispatcher(Context context)
    : context_(std::move(context)), inline_allowed_(context_.collector->roots_cannot_block()) {
  add_system_handlers(handlers_);
  add_disk_handlers(handlers_);
  add_network_handlers(handlers_);
  add_net_connections_handlers(handlers_);
  add_host_handlers(handlers_);
  add_limits_handlers(handlers_);
  add_sensors_handlers(handlers_);
  add_process_handlers(handlers_);
  add_process_family_handlers(handlers_);
  add_process_rlimit_handlers(handlers_);
  add_watch_handlers(handlers_);
  add_process_wait_handlers(handlers_);
  add_process_settings_handlers(handlers_);
  add_process_signals_handlers(handlers_);
  add_process_lease_handlers(handlers_);
  add_process_select_handlers(handlers_);
  add_process_trees_handlers(handlers_);
  add_win_service_handlers(handlers_);
  context_.methods = working_methods(handlers_, context_);
}

void Dispatcher::start(const CallPtr& call) const {
  // First of all: the pids of such a request name other processes here.
  if (call->info().mutates && !context_.collector->controls_processes()) {
    call->fail(Status::processes_read_only());
    return;
  }
  if (call->info().mutates && call->grant().targets && !context_.collector->judges_targets()) {
    call->fail(Status::permission_denied(call->grant().permission,
                                         "conditions on processes cannot be judged on this platform, so none is met"));
    return;
  }
  if (call->deadline() && *call->deadline() <= Call::Clock::now()) {
    call->fail(Status::deadline("the deadline had passed before the call began"));
    return;
  }
  const auto& [lane, handler] = handlers_[call->method()];
  if (!handler) {
    call->fail(missing(call->info()));
    return;
  }
  if (!context_.collector->supports(call->method())) {
    call->fail(Status::unsupported(call->info().name, platform_name()));
    return;
  }
  if (lane == Lane::kAsync || (lane == Lane::kInline && inline_allowed_)) {
    handler(context_, call);
  } else {
    // Copies: a stuck thread may outlive this dispatcher.
    run_on_pool(context_, call, [handler = handler, context = context_, call] { handler(context, call); });
  }
  if (call->deadline() && !call->cancelled()) {
    fail_at(*context_.pool, call, *call->deadline(), "not done before the deadline");
  }
}

}  // namespace hostscope
