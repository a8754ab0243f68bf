// SPDX-License-Identifier: Apache-2.0
// Windows services: what is known of them, and what is done to them.
#include "encode/win_service.h"

#include <chrono>

#include "dispatch.h"
#include "gen/win_service.gen.h"
#include "gen/win_service_control.gen.h"
#include "handlers/moment.h"
#include "handlers/mutation.h"
#include "handlers/patient_answer.h"
#include "handlers/win_service_watch.h"
#include "win_services.h"

namespace hostscope {
namespace {

using gen::Method;

constexpr double kUsualPatience = 30;

Result<model::WinServiceAttributes> attributes_of(const std::vector<gen::WinServiceAttribute>& asked) {
  model::WinServiceAttributes attributes;
  for (const auto attribute : asked) {
    if (attribute == gen::WinServiceAttribute::kUnspecified || !gen::is_known(attribute)) {
      return Status::invalid_argument("attributes", "there is no attribute with the number " +
                                                        std::to_string(static_cast<std::int32_t>(attribute)));
    }
    attributes.add(attribute);
  }
  return attributes;
}

Result<const WinServices*> services_of(const Collector& collector) {
  const auto* const services = collector.win_services();
  if (services == nullptr) return Status::unsupported("", platform_name());
  return services;
}

// The command line of a service is kept back from whoever may not see that of a process. It is not even read then.
bool keeps_back_binpath(const Grant& grant, model::WinServiceAttributes& attributes) {
  constexpr auto kBinpath = gen::WinServiceAttribute::kBinpath;
  if (!attributes.has(kBinpath) || !grant.hidden_attributes().has(model::ProcessAttribute::kCmdline)) return false;
  attributes.remove(kBinpath);
  return true;
}

void write_service(model::WinService service, bool without_binpath, gen::WindowsServiceWriter& out) {
  if (without_binpath) {
    service.failures.push_back({gen::WinServiceAttribute::kBinpath, model::AttributeOutcome::kNotPermitted, 0});
  }
  encode::win_service(service, out);
}

Result<void> list_services(const Collector& collector, const Grant& grant, const gen::WinServiceIterRequest& request,
                           gen::WinServiceIterResponseWriter& out) {
  auto attributes = attributes_of(request.attributes);
  if (!attributes) return attributes.status();
  const bool without_binpath = keeps_back_binpath(grant, *attributes);
  const auto services = services_of(collector);
  if (!services) return services.status();
  const Moment now;
  const auto all = (*services)->list(*attributes);
  if (!all) return all.status();
  out.sample([&](auto& w) { now.write(w); });
  for (const auto& service : *all) out.services([&](auto& w) { write_service(service, without_binpath, w); });
  return {};
}

Result<void> get_service(const Collector& collector, const Grant& grant, const gen::WinServiceGetRequest& request,
                         gen::WinServiceGetResponseWriter& out) {
  if (request.name.empty()) return Status::invalid_argument("name", "is required");
  auto attributes = attributes_of(request.attributes);
  if (!attributes) return attributes.status();
  const bool without_binpath = keeps_back_binpath(grant, *attributes);
  const auto services = services_of(collector);
  if (!services) return services.status();
  const Moment now;
  const auto service = (*services)->get(request.name, *attributes);
  if (!service) return service.status();
  out.sample([&](auto& w) { now.write(w); });
  out.service([&](auto& w) { write_service(*service, without_binpath, w); });
  return {};
}

Result<void> set_start_type(const Collector& collector, const gen::WinServiceSetStartTypeRequest& request,
                            gen::WinServiceSetStartTypeResponseWriter& out) {
  if (request.name.empty()) return Status::invalid_argument("name", "is required");
  auto checked = check_mutation(request.mutation);
  if (!checked) return checked;
  if (request.start_type == gen::WinServiceStartType::kUnspecified || !gen::is_known(request.start_type)) {
    return Status::invalid_argument("start_type", "must be one of those that there are");
  }
  const auto services = services_of(collector);
  if (!services) return services.status();
  const auto before = (*services)->set_start_type(request.name, request.start_type);
  if (!before) return before.status();
  if (*before) out.before(**before);
  return {};
}

template <class Request>
using ControlAct = Result<model::WinServiceChange> (*)(const WinServices&, const Request&, const model::Patience&);
template <class Writer>
using EncodeChange = void (*)(const model::WinServiceChange&, Writer&);

// A call that changes the state of a service and waits for it.
template <class Request, class Writer>
void add_control(Handlers& handlers, Method method, ControlAct<Request> act, EncodeChange<Writer> encode) {
  handlers.add(method, Lane::kAsync, [act, encode](const Context& context, const CallPtr& call) {
    const auto request = parse_request<Request>(call);
    if (!request) return;
    if (request->name.empty()) return call->fail(Status::invalid_argument("name", "is required"));
    auto checked = check_mutation(request->mutation);
    if (!checked) return call->fail(std::move(checked.status()));
    const auto timeout = seconds_of(request->timeout, kUsualPatience, "timeout");
    if (!timeout) return call->fail(timeout.status());
    const auto answer = [collector = context.collector, call, act, encode, request = *request,
                         timeout = *timeout]() -> Result<wire::Buffer> {
      const auto services = services_of(*collector);
      if (!services) return services.status();
      const auto change = act(**services, request, patience_of(call, timeout));
      if (!change) return change.status();
      wire::Writer bytes;
      Writer out(bytes);
      encode(*change, out);
      return bytes.take_buffer();
    };
    answer_patiently(context, call, *timeout, answer);
  });
}

template <class Writer>
void write_state(const model::WinServiceChange& change, Writer& out) {
  out.status(change.status);
  out.changed(change.changed);
}

void write_started(const model::WinServiceChange& change, gen::WinServiceStartResponseWriter& out) {
  write_state(change, out);
  if (change.pid) out.pid(*change.pid);
}

void write_stopped(const model::WinServiceChange& change, gen::WinServiceStopResponseWriter& out) {
  write_state(change, out);
  for (const auto& name : change.dependents) out.dependents(name);
}

void write_restarted(const model::WinServiceChange& change, gen::WinServiceRestartResponseWriter& out) {
  out.status(change.status);
  for (const auto& name : change.dependents) out.dependents(name);
  if (change.pid) out.pid(*change.pid);
}

}  // namespace

void add_win_service_handlers(Handlers& handlers) {
  handlers.unary<gen::WinServiceIterRequest, gen::WinServiceIterResponseWriter>(Method::kWinServiceWinServiceIter,
                                                                                Lane::kPool, list_services);
  handlers.unary<gen::WinServiceGetRequest, gen::WinServiceGetResponseWriter>(Method::kWinServiceWinServiceGet,
                                                                              Lane::kPool, get_service);
  handlers.unary<gen::WinServiceSetStartTypeRequest, gen::WinServiceSetStartTypeResponseWriter>(
      Method::kWinServiceSetStartType, Lane::kPool, set_start_type);
  add_control<gen::WinServiceStartRequest, gen::WinServiceStartResponseWriter>(
      handlers, Method::kWinServiceStart,
      [](const auto& all, const auto& in, const auto& patience) { return all.start(in.name, in.arguments, patience); },
      write_started);
  add_control<gen::WinServiceStopRequest, gen::WinServiceStopResponseWriter>(
      handlers, Method::kWinServiceStop,
      [](const auto& all, const auto& in, const auto& patience) { return all.stop(in.name, in.dependents, patience); },
      write_stopped);
  add_control<gen::WinServiceRestartRequest, gen::WinServiceRestartResponseWriter>(
      handlers, Method::kWinServiceRestart,
      [](const auto& all, const auto& in, const auto& patience) {
        return all.restart(in.name, in.dependents, patience);
      },
      write_restarted);
  add_control<gen::WinServicePauseRequest, gen::WinServicePauseResponseWriter>(
      handlers, Method::kWinServicePause,
      [](const auto& all, const auto& in, const auto& patience) { return all.pause(in.name, patience); }, write_state);
  add_control<gen::WinServiceContinueRequest, gen::WinServiceContinueResponseWriter>(
      handlers, Method::kWinServiceContinue,
      [](const auto& all, const auto& in, const auto& patience) { return all.resume(in.name, patience); }, write_state);
  add_win_service_watch_handlers(handlers);
}

}  // namespace hostscope
