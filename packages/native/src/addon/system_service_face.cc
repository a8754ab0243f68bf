// SPDX-License-Identifier: Apache-2.0
#include "addon/system_service_face.h"

#include <memory>
#include <string>
#include <utility>

#include "addon/failure_value.h"
#include "addon/js_values.h"
#include "system_service.h"

namespace hostscope {
namespace {

Napi::Value install(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto given = info[0].ToObject();
  const auto password = given.Get("password");
  const ServiceDefinition definition{
      .name = string_of(given.Get("name")),
      .display_name = string_of(given.Get("displayName")),
      .description = string_of(given.Get("description")),
      .command = strings_of(given.Get("command")),
      .account = string_of(given.Get("account")),
      .password = password.IsString() ? std::optional(string_of(password)) : std::nullopt,
      .automatic = given.Get("automatic").ToBoolean(),
      .privileges = strings_of(given.Get("privileges")),
      .folder = string_of(given.Get("folder")),
  };
  if (env.IsExceptionPending()) return env.Undefined();
  const auto missing = install_service(definition);
  if (!missing) return failure_value(env, missing.status());
  return array_of(env, *missing);
}

Napi::Value uninstall(const Napi::CallbackInfo& info) {
  return value_of(info.Env(), uninstall_service(string_of(info[0])));
}

const char* name_of(ServiceOrder order) {
  switch (order) {
    case ServiceOrder::kStarted:
      return "started";
    case ServiceOrder::kStop:
      return "stop";
    default:
      return "shutdown";
  }
}

Napi::Value run(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  if (!info[1].IsFunction()) {
    Napi::TypeError::New(env, "runAsService(name: string, onOrder: function)").ThrowAsJavaScriptException();
    return env.Undefined();
  }
  // Not released: orders may come as long as the process lives, and it lives as long as the service.
  const auto call = Napi::ThreadSafeFunction::New(env, info[1].As<Napi::Function>(), "hostscope.service", 0, 1);
  ServiceListener listener{
      .order =
          [call](ServiceOrder order) {
            call.NonBlockingCall([order](Napi::Env js_env, Napi::Function on_order) {
              on_order.Call({Napi::String::New(js_env, name_of(order))});
            });
          },
      .failed =
          [call](Status status) {
            call.NonBlockingCall([status = std::move(status)](Napi::Env js_env, Napi::Function on_order) {
              on_order.Call({Napi::String::New(js_env, "failed"), failure_value(js_env, status)});
            });
          },
  };
  const auto running = run_as_service(string_of(info[0]), std::move(listener));
  if (!running) call.Release();
  return value_of(env, running);
}

Napi::Value report(const Napi::CallbackInfo& info) {
  const auto state = static_cast<ServiceState>(info[0].ToNumber().Int32Value());
  return value_of(info.Env(), report_service(state, info[1].ToNumber().Int32Value()));
}

Napi::Value event(const Napi::CallbackInfo& info) {
  const auto level = static_cast<EventLevel>(info[1].ToNumber().Int32Value());
  return value_of(info.Env(),
                  report_event(string_of(info[0]), level, info[2].ToNumber().Uint32Value(), string_of(info[3])));
}

}  // namespace

void add_system_service_face(Napi::Env env, Napi::Object exports) {
  exports.Set("installService", Napi::Function::New(env, install, "installService"));
  exports.Set("uninstallService", Napi::Function::New(env, uninstall, "uninstallService"));
  exports.Set("runAsService", Napi::Function::New(env, run, "runAsService"));
  exports.Set("reportService", Napi::Function::New(env, report, "reportService"));
  exports.Set("reportEvent", Napi::Function::New(env, event, "reportEvent"));
}

}  // namespace hostscope
