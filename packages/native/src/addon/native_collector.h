// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <napi.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>

#include "addon/js_event_queue.h"
#include "dispatch.h"

namespace hostscope {

// The collector as JavaScript sees it; lib/addon.ts describes its face. Belongs to the JavaScript thread.
class NativeCollector : public Napi::ObjectWrap<NativeCollector> {
 public:
  static Napi::Function define(Napi::Env env);

  explicit NativeCollector(const Napi::CallbackInfo& info);
  ~NativeCollector() override;

 private:
  Napi::Value call(const Napi::CallbackInfo& info);
  Napi::Value cancel(const Napi::CallbackInfo& info);
  Napi::Value taken(const Napi::CallbackInfo& info);
  Napi::Value process_ref(const Napi::CallbackInfo& info);
  Napi::Value set_pace(const Napi::CallbackInfo& info);
  Napi::Value watch_collections(const Napi::CallbackInfo& info);
  Napi::Value close(const Napi::CallbackInfo& info);

  void add_call(Napi::Env env, const CallPtr& call);
  void remove_call(Napi::Env env, std::uint32_t id);
  void drain(Napi::Env env);
  // False if JavaScript threw.
  bool send(Napi::Env env, CallEvent& event);
  bool send_message(Napi::Env env, CallEvent& event);
  void taken(std::uint32_t id, std::size_t bytes);
  // Without a word to JavaScript: the environment may be ending.
  void shut_down();
  static void shut_down_hook(void* data);

  std::shared_ptr<JsEventQueue> events_;  // null: closed
  Context context_;
  std::optional<Dispatcher> dispatcher_;
  Napi::FunctionReference on_message_, on_end_;
  std::unordered_map<std::uint32_t, CallPtr> calls_;
  bool hooked_ = false;  // shut_down_hook is to run when the environment ends
};

}  // namespace hostscope
