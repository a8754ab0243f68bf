// SPDX-License-Identifier: Apache-2.0
// WinService.Watch: all services are looked at once for all readers, and each is told of those that it asked for.
#include "handlers/win_service_watch.h"

#include <algorithm>
#include <map>
#include <set>

#include "encode/win_service.h"
#include "gen/win_service_control.gen.h"
#include "handlers/watch.h"
#include "handlers/watches.h"
#include "win_services.h"

namespace hostscope {
namespace {

using model::WinService;
using Services = std::map<std::string, WinService>;  // by name

constexpr std::size_t kMostNames = 1000;
constexpr model::WinServiceAttributes kWatched{gen::WinServiceAttribute::kStatus, gen::WinServiceAttribute::kPid};

bool differs(const WinService& a, const WinService& b) {
  return a.status != b.status || a.pid != b.pid || a.display_name != b.display_name;
}

// Windows ignores case.
std::string key_of(std::string name) {
  for (auto& letter : name) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return name;
}

class ServiceWatch : public Watch {
 public:
  ServiceWatch(const Context& context, std::chrono::duration<double> interval)
      : Watch(context, "WinService.Watch", interval) {}

  class View : public WatchView {
   public:
    View(const ServiceWatch& watch, std::set<std::string> names) : watch_(watch), names_(std::move(names)) {}

    bool ready() const override { return watch_.has_looked_; }

    Messages snapshot(const WatchTick& tick) override {
      return {message(tick, gen::WatchKind::kSnapshot, watch_.now_, {})};
    }

    Messages changes(const WatchTick& tick) override {
      const bool any = std::any_of(watch_.changed_.begin(), watch_.changed_.end(),
                                   [&](const auto& entry) { return is_watched(entry.first); }) ||
                       std::any_of(watch_.removed_.begin(), watch_.removed_.end(),
                                   [&](const auto& entry) { return is_watched(entry.first); });
      const auto kind = any ? gen::WatchKind::kDelta : gen::WatchKind::kHeartbeat;
      return {message(tick, kind, watch_.changed_, watch_.removed_)};
    }

    void write_dropped(std::uint32_t count, wire::Writer& out) const override {
      gen::WinServiceWatchResponseWriter(out).dropped(count);
    }

   private:
    bool is_watched(const std::string& key) const { return names_.empty() || names_.contains(key); }

    std::string message(const WatchTick& tick, gen::WatchKind kind, const Services& services,
                        const Services& removed) const {
      wire::Writer bytes;
      gen::WinServiceWatchResponseWriter out(bytes);
      out.kind(kind);
      out.sequence(tick.sequence);
      out.sample([&](auto& w) { tick.moment.write(w); });
      for (const auto& [key, service] : services) {
        if (is_watched(key)) out.services([&](auto& w) { encode::win_service(service, w); });
      }
      for (const auto& [key, service] : removed) {
        if (is_watched(key)) out.removed(service.name);
      }
      if (tick.interval) out.interval(*tick.interval);
      if (tick.gap) out.gap(true);
      if (tick.pace_changed || kind == gen::WatchKind::kSnapshot) out.pace([&](auto& w) { tick.pace.write(w); });
      return bytes.take();
    }

    const ServiceWatch& watch_;
    const std::set<std::string> names_;
  };

 protected:
  void collect(bool, std::function<void(Status* failure)> done) override {
    auto self = std::static_pointer_cast<ServiceWatch>(shared_from_this());
    // Of this collection alone: one that got stuck may still come back.
    auto found = std::make_shared<Result<Services>>(Services());
    context().pool->submit({.op = op(),
                            .run = [self, found](ReadGuard&) { *found = self->look(); },
                            .done =
                                [self, found, done] {
                                  if (!*found) return done(&found->status());
                                  {
                                    const std::lock_guard lock(self->state());
                                    self->found_ = std::move(**found);
                                  }
                                  done(nullptr);
                                },
                            .stuck =
                                [done](std::optional<StuckTarget>) {
                                  auto failure = Status::deadline("the service control manager does not answer");
                                  done(&failure);
                                },
                            .rejected = [done](Status status) { done(&status); }});
  }

  void settle(const WatchTick&) override {
    changed_.clear();
    removed_.clear();
    for (const auto& [key, service] : found_) {
      const auto before = now_.find(key);
      if (before == now_.end() || differs(before->second, service)) changed_.emplace(key, service);
    }
    for (const auto& [key, service] : now_) {
      if (!found_.contains(key)) removed_.emplace(key, service);
    }
    now_ = std::move(found_);
    has_looked_ = true;
  }

 private:
  Result<Services> look() const {
    const auto* const services = context().collector->win_services();
    if (services == nullptr) return Status::unsupported("", platform_name());
    auto all = services->list(kWatched);
    if (!all) return std::move(all.status());
    Services found;
    for (auto& service : *all) found.emplace(key_of(service.name), std::move(service));
    return found;
  }

  Services found_, now_, changed_, removed_;
  bool has_looked_ = false;
};

void watch_services(const Context& context, const CallPtr& call) {
  const auto request = parse_request<gen::WinServiceWatchRequest>(call);
  if (!request) return;
  const auto interval = watch_interval(request->interval, {.otherwise = 2, .least = 1});
  if (!interval) return call->fail(interval.status());
  if (request->names.size() > kMostNames) {
    return call->fail(Status::invalid_argument("names", "has more than 1000 services"));
  }
  std::set<std::string> names;
  std::string view_key;
  for (const auto& name : request->names) {
    if (name.empty()) return call->fail(Status::invalid_argument("names", "has an empty one"));
    names.insert(key_of(name));
  }
  for (const auto& name : names) view_key += name + '\0';
  context.watches->join(
      "WinService.Watch " + std::to_string(*interval), call, view_key,
      [&] { return std::make_shared<ServiceWatch>(context, std::chrono::duration<double>(*interval)); },
      [names](Watch& watch) {
        return std::make_shared<ServiceWatch::View>(static_cast<const ServiceWatch&>(watch), names);
      });
}

}  // namespace

void add_win_service_watch_handlers(Handlers& handlers) {
  handlers.add(gen::Method::kWinServiceWatch, Lane::kAsync, watch_services);
}

}  // namespace hostscope
