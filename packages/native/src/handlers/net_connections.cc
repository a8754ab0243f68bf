// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <mutex>
#include <unordered_set>

#include "dispatch.h"
#include "encode/network.h"
#include "handlers/moment.h"
#include "handlers/process_rows.h"

namespace hostscope {
namespace {

// Processes of one job: other calls get their turn in between.
constexpr std::size_t kBlock = 64;
// A message is sent when it has so many rows or bytes.
constexpr std::size_t kChunkRows = 500;
constexpr std::size_t kChunkBytes = 64 * 1024;
// Sockets whose holders need not be looked for, between two looks at how far behind the reader is.
constexpr std::size_t kRest = 8 * kChunkRows;

// The sockets that are known so far, as messages. Needs a lock of its user's.
class ConnectionChunks {
 public:
  ConnectionChunks(CallPtr call, const Moment& moment) : call_(std::move(call)), moment_(moment) {}

  void add(const model::NetConnection& row) {
    if (rows_ == 0) begin();
    gen::NetConnectionsResponseWriter(bytes_).connections([&](auto& w) { encode::net_connection(row, w); });
    sent_any_ = true;
    if (++rows_ >= kChunkRows || bytes_.size() >= kChunkBytes) send();
  }

  // Sends the rest. There is one message at least, so that every answer says when it was measured.
  void end() {
    if (!sent_any_) begin();
    if (bytes_.size() > 0) send();
  }

 private:
  void begin() {
    gen::NetConnectionsResponseWriter(bytes_).sample([&](auto& w) { moment_.write(w); });
  }

  void send() {
    call_->emit(bytes_.take_buffer());
    rows_ = 0;
  }

  const CallPtr call_;
  const Moment moment_;
  wire::Writer bytes_;
  std::size_t rows_ = 0;
  bool sent_any_ = false;
};

// One System.NetConnections in progress: the sockets are listed, then the holders, all at once if the system can.
// Otherwise they are looked for by as many workers as there are, each with a block of processes. Rows leave as their
// holders are found, those without holder at the end.
class NetConnections : public std::enable_shared_from_this<NetConnections> {
 public:
  NetConnections(const Context& context, const CallPtr& call, gen::ConnectionKind kind)
      : context_(context), call_(call), kind_(kind), chunks_(call, Moment()) {}

  void start() {
    auto self = shared_from_this();
    submit([self](ReadGuard& guard) { return self->context_.collector->socket_list(self->kind_, guard); },
           [self](auto&& list) {
             if (!list) return self->call_->fail(std::move(list.status()));
             self->list_ = std::move(*list);
             self->held_.resize(self->list_->size());
             if (self->list_->size() == 0) return self->send_rest(0);
             self->find_holders(true);
           },
           [self](std::optional<StuckTarget>) { self->call_->fail(Status::deadline("the system does not answer")); });
  }

 private:
  // Runs `read` on a worker and hands what it gives to `done`, or calls `stuck`.
  template <class Read, class Done, class Stuck>
  void submit(Read read, Done done, Stuck stuck) {
    using Value = decltype(read(std::declval<ReadGuard&>()));
    auto value = std::make_shared<std::optional<Value>>();
    auto call = call_;
    context_.pool->submit({.op = call_->info().name,
                           .run =
                               [call, value, read = std::move(read)](ReadGuard& guard) {
                                 if (!call->cancelled()) value->emplace(read(guard));
                               },
                           .done =
                               [call, value, done = std::move(done)] {
                                 if (!call->cancelled() && *value) done(std::move(**value));
                               },
                           .stuck =
                               [call, stuck = std::move(stuck)](std::optional<StuckTarget> target) {
                                 if (!call->cancelled()) stuck(target);
                               },
                           .rejected = [call](Status status) { call->fail(std::move(status)); },
                           .patience = context_.pool->options().field_timeout,
                           .target_name = process_target_name});
  }

  // Who holds the sockets, or who is to be asked for that.
  struct Holders {
    std::optional<std::vector<SocketHolder>> all;
    Result<std::vector<std::int64_t>> pids = std::vector<std::int64_t>();
  };

  void find_holders(bool at_once) {
    auto self = shared_from_this();
    submit(
        [self, at_once](ReadGuard& guard) {
          Holders found;
          std::vector<SocketHolder> all;
          if (at_once && self->list_->find_all_holders(guard, all)) {
            found.all = std::move(all);
          } else {
            found.pids = self->list_->possible_holders();
          }
          return found;
        },
        [self](Holders&& found) {
          if (!found.pids) return self->call_->fail(std::move(found.pids.status()));
          self->pids_ = std::move(*found.pids);
          if (!found.all) return self->start_blocks();
          self->all_ = std::move(*found.all);
          self->send_all(0);
        },
        [self, at_once](std::optional<StuckTarget>) {
          if (at_once) return self->find_holders(false);
          self->call_->fail(Status::deadline("the system does not answer"));
        });
  }

  // Bit by bit, as below.
  void send_all(std::size_t from) {
    const std::size_t end = std::min(all_.size(), from + kRest);
    for (std::size_t i = from; i < end && !call_->cancelled(); ++i) add(all_[i]);
    if (end == all_.size()) return send_rest(0);
    call_->when_read([self = shared_from_this(), end] {
      run_on_pool(self->context_, self->call_, [self, end] { self->send_all(end); });
    });
  }

  void add(const SocketHolder& holder) {
    auto row = list_->row(holder.socket);
    row.pid = holder.pid;
    row.fd = holder.fd;
    chunks_.add(row);
    held_[holder.socket] = true;
  }

  void start_blocks() {
    const std::size_t blocks = (pids_.size() + kBlock - 1) / kBlock;
    if (blocks == 0) return send_rest(0);
    const std::size_t at_once = std::min<std::size_t>(blocks, context_.pool->options().base_threads);
    open_blocks_ = blocks;
    next_block_ = at_once;
    for (std::size_t block = 0; block < at_once; ++block) search(block);
  }

  void search(std::size_t block) {
    auto self = shared_from_this();
    const auto mine =
        std::span(std::as_const(pids_)).subspan(block * kBlock).first(std::min(kBlock, pids_.size() - block * kBlock));
    submit(
        [self, mine](ReadGuard& guard) {
          std::vector<SocketHolder> holders;
          self->list_->find_holders(mine, guard, holders);
          return holders;
        },
        [self](std::vector<SocketHolder>&& holders) { self->finish_block(holders); },
        [self, block](std::optional<StuckTarget> target) {
          // Again: what it was stuck on is known now and will be passed over.
          if (target) return self->search(block);
          self->call_->fail(Status::overloaded("the kernel does not answer"));
        });
  }

  void finish_block(const std::vector<SocketHolder>& holders) {
    bool last = false, more = false;
    {
      const std::lock_guard lock(mutex_);
      for (const auto& holder : holders) {
        if (call_->cancelled()) return;
        add(holder);
      }
      last = --open_blocks_ == 0;
      more = next_block_ * kBlock < pids_.size();
    }
    if (last) send_rest(0);
    if (more) call_->when_read([self = shared_from_this()] { self->search_next(); });
  }

  void search_next() {
    std::size_t block = 0;
    {
      const std::lock_guard lock(mutex_);
      if (next_block_ * kBlock >= pids_.size()) return;
      block = next_block_++;
    }
    search(block);
  }

  // Alone by now, and bit by bit: seen by who is not root, hardly a socket has a holder. Rows that do not differ in
  // anything, such as those of UNIX sockets without name, are one, as in psutil.
  void send_rest(std::size_t from) {
    const std::size_t end = std::min(held_.size(), from + kRest);
    wire::Writer bytes;
    for (std::size_t socket = from; socket < end; ++socket) {
      if (held_[socket]) continue;
      if (call_->cancelled()) return;
      const auto row = list_->row(socket);
      gen::NetConnectionWriter writer(bytes);
      encode::net_connection(row, writer);
      if (seen_.insert(bytes.take()).second) chunks_.add(row);
    }
    if (end < held_.size()) {
      call_->when_read([self = shared_from_this(), end] {
        run_on_pool(self->context_, self->call_, [self, end] { self->send_rest(end); });
      });
    } else {
      chunks_.end();
      call_->finish();
    }
  }

  const Context context_;
  const CallPtr call_;
  const gen::ConnectionKind kind_;
  std::shared_ptr<const SocketList> list_;
  std::mutex mutex_;
  ConnectionChunks chunks_;
  std::vector<bool> held_;          // by number of the socket: whether a row of it was made
  std::vector<SocketHolder> all_;   // if the system told them at once
  std::vector<std::int64_t> pids_;  // to ask, if not
  std::unordered_set<std::string> seen_;
  std::size_t next_block_ = 0, open_blocks_ = 0;
};

void net_connections(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::NetConnectionsRequest>(call);
  if (!request) return;
  if (!gen::is_known(request->kind)) {
    return call->fail(Status::invalid_argument("kind", "there is no such kind of connection"));
  }
  std::make_shared<NetConnections>(context, call, request->kind)->start();
}

}  // namespace

void add_net_connections_handlers(Handlers& handlers) {
  handlers.add(gen::Method::kSystemNetConnections, Lane::kAsync, net_connections);
}

}  // namespace hostscope
