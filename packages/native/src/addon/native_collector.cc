// SPDX-License-Identifier: Apache-2.0
#include "addon/native_collector.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>
#include <unordered_set>
#include <utility>

#include "addon/js_grant.h"
#include "addon/js_options.h"
#include "encode/process.h"
#include "handlers/watch_counts.h"
#include "handlers/watch_pace.h"

namespace hostscope {
namespace {

// Below this, copying into a buffer that Node allocates is cheaper than handing one over with a finalizer.
constexpr std::size_t kCopyBelow = 2048;
// Longer than any sensible deadline, and safe to add to a time.
constexpr double kLongestTimeoutMs = 1e10;

// Of a path that is not in the schema and may be anything.
constexpr std::size_t kShownPath = 100;

constexpr gen::MethodInfo kUnknownMethod{static_cast<gen::Method>(-1), "", "", false, false};

Napi::Value to_buffer(Napi::Env env, wire::Buffer bytes) {
  const std::size_t size = bytes.size();
  if (size == 0) return Napi::Buffer<char>::New(env, 0);
  if (size < kCopyBelow) return Napi::Buffer<char>::Copy(env, bytes.data(), size);
  return Napi::Buffer<char>::NewOrCopy(env, bytes.release(), size, [](Napi::Env, char* data) { std::free(data); });
}

std::optional<Call::Clock::time_point> deadline_in(double timeout_ms) {
  if (timeout_ms > kLongestTimeoutMs) return std::nullopt;
  const std::chrono::duration<double, std::milli> timeout(std::max(timeout_ms, 0.0));
  return Call::Clock::now() + std::chrono::duration_cast<Call::Clock::duration>(timeout);
}

void throw_type_error(Napi::Env env, const char* message) {
  Napi::TypeError::New(env, message).ThrowAsJavaScriptException();
}

}  // namespace

Napi::Function NativeCollector::define(Napi::Env env) {
  return DefineClass(env, "NativeCollector",
                     {
                         InstanceMethod<&NativeCollector::call>("call"),
                         InstanceMethod<&NativeCollector::cancel>("cancel"),
                         InstanceMethod<&NativeCollector::taken>("taken"),
                         InstanceMethod<&NativeCollector::process_ref>("processRef"),
                         InstanceMethod<&NativeCollector::set_pace>("setPace"),
                         InstanceMethod<&NativeCollector::watch_collections>("watchCollections"),
                         InstanceMethod<&NativeCollector::close>("close"),
                     });
}

NativeCollector::NativeCollector(const Napi::CallbackInfo& info) : Napi::ObjectWrap<NativeCollector>(info) {
  const auto env = info.Env();
  if (info.Length() != 3 || !info[0].IsObject() || !info[1].IsFunction() || !info[2].IsFunction()) {
    throw_type_error(env, "new NativeCollector(options: object, onMessage: function, onEnd: function)");
    return;
  }
  auto options = read_options(info[0].As<Napi::Object>());
  if (env.IsExceptionPending()) return;

  events_ = JsEventQueue::open(env, [this](napi_env js_env) { drain(js_env); });
  if (!events_) {
    Napi::Error::New(env, "the JavaScript environment is ending").ThrowAsJavaScriptException();
    return;
  }
  on_message_ = Napi::Persistent(info[1].As<Napi::Function>());
  on_end_ = Napi::Persistent(info[2].As<Napi::Function>());
  context_ = Context::open(make_collector(options.roots, std::move(options.protected_names)), options.threads);
  context_.starts_programs = options.starts_programs;
  dispatcher_.emplace(context_);
  hooked_ = napi_add_env_cleanup_hook(env, shut_down_hook, this) == napi_ok;
}

NativeCollector::~NativeCollector() { shut_down(); }

Napi::Value NativeCollector::call(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  if (info.Length() < 4 || info.Length() > 5 || !info[0].IsNumber() || !info[1].IsString() || !info[2].IsTypedArray() ||
      info[2].As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array || !info[3].IsNumber() ||
      std::isnan(info[3].As<Napi::Number>().DoubleValue())) {
    throw_type_error(env, "call(id: number, path: string, request: Uint8Array, timeoutMs: number, grant?: CallGrant)");
    return env.Undefined();
  }
  auto grant = info.Length() == 5 && !info[4].IsUndefined() ? read_grant(info[4]) : Grant{};
  if (!grant) {
    if (!env.IsExceptionPending()) throw_type_error(env, "the grant of a call is not a CallGrant");
    return env.Undefined();
  }
  const auto id = info[0].As<Napi::Number>().Uint32Value();
  if (!events_ || calls_.contains(id)) {
    Napi::Error::New(env, events_ ? "this call id is in use" : "the collector is closed").ThrowAsJavaScriptException();
    return env.Undefined();
  }
  const auto path = info[1].As<Napi::String>().Utf8Value();
  const auto request = info[2].As<Napi::Uint8Array>();
  const auto* const method = gen::find_method(path);
  const auto call =
      std::make_shared<Call>(id, method != nullptr ? *method : kUnknownMethod,
                             std::string(reinterpret_cast<const char*>(request.Data()), request.ByteLength()),
                             deadline_in(info[3].As<Napi::Number>().DoubleValue()), events_, std::move(*grant));
  add_call(env, call);
  events_->expect_take();
  if (method != nullptr) {
    dispatcher_->start(call);
  } else {
    call->fail({.reason = ErrorReason::kNotImplemented,
                .message = "\"" + path.substr(0, kShownPath) + "\" is not a method of hostscope " HOSTSCOPE_VERSION});
  }
  drain(env);
  return env.Undefined();
}

Napi::Value NativeCollector::cancel(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  if (info.Length() != 1 || !info[0].IsNumber()) {
    throw_type_error(env, "cancel(id: number)");
    return env.Undefined();
  }
  const auto found = calls_.find(info[0].As<Napi::Number>().Uint32Value());
  if (found == calls_.end()) return env.Undefined();
  const auto call = found->second;
  remove_call(env, call->id());
  call->cancel();
  return env.Undefined();
}

Napi::Value NativeCollector::taken(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  if (info.Length() != 2 || !info[0].IsNumber() || !info[1].IsNumber()) {
    throw_type_error(env, "taken(id: number, bytes: number)");
    return env.Undefined();
  }
  taken(info[0].As<Napi::Number>().Uint32Value(), info[1].As<Napi::Number>().Uint32Value());
  return env.Undefined();
}

Napi::Value NativeCollector::process_ref(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  if (info.Length() != 1 || !info[0].IsNumber()) {
    throw_type_error(env, "processRef(pid: number)");
    return env.Undefined();
  }
  if (!events_ || !context_.collector->controls_processes()) return env.Undefined();
  const auto ref = context_.collector->process_ref(info[0].As<Napi::Number>().Int64Value());
  if (!ref) return env.Undefined();
  wire::Writer bytes;
  gen::ProcessRefWriter writer(bytes);
  encode::process_ref(*ref, writer);
  return to_buffer(env, bytes.take_buffer());
}

Napi::Value NativeCollector::set_pace(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  if (info.Length() != 3 || !info[0].IsNumber() || !info[1].IsNumber() || !info[2].IsNumber() ||
      !(info[0].As<Napi::Number>().DoubleValue() >= 1)) {
    throw_type_error(env, "setPace(stretch: number from 1, cpuPercent: number, rssBytes: number)");
    return env.Undefined();
  }
  if (!context_.pace) return env.Undefined();
  WatchPace::State state;
  state.stretch = info[0].As<Napi::Number>().DoubleValue();
  const double cpu = info[1].As<Napi::Number>().DoubleValue(), rss = info[2].As<Napi::Number>().DoubleValue();
  if (!std::isnan(cpu)) state.cpu_percent = cpu;
  if (!std::isnan(rss)) state.rss = static_cast<std::uint64_t>(std::max(rss, 0.0));
  context_.pace->set(state);
  return env.Undefined();
}

Napi::Value NativeCollector::watch_collections(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  auto counts = Napi::Object::New(env);
  if (!context_.watch_counts) return counts;
  for (const auto& [method, count] : context_.watch_counts->collections()) {
    counts.Set(std::string(method), static_cast<double>(count));
  }
  return counts;
}

Napi::Value NativeCollector::close(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  if (!events_) return env.Undefined();
  auto calls = calls_;
  for (const auto& [id, call] : calls) call->fail(Status::closed());
  drain(env);
  while (!calls_.empty()) remove_call(env, calls_.begin()->first);
  shut_down();
  return env.Undefined();
}

void NativeCollector::add_call(Napi::Env env, const CallPtr& call) {
  if (calls_.empty()) {
    // Somebody waits: neither the process nor this object may go.
    events_->keep_alive(env, true);
    Ref();
  }
  calls_.emplace(call->id(), call);
}

void NativeCollector::remove_call(Napi::Env env, std::uint32_t id) {
  if (calls_.erase(id) == 0 || !calls_.empty()) return;
  if (events_) events_->keep_alive(env, false);
  Unref();
}

void NativeCollector::drain(Napi::Env env) {
  const Napi::HandleScope scope(env);
  [[maybe_unused]] const auto alive = Value();  // an event may close this collector
  while (const auto events = events_) {
    auto event = events->take();
    if (!event) return;
    if (!send(env, *event)) return events->wake_again();
  }
}

bool NativeCollector::send(Napi::Env env, CallEvent& event) {
  const Napi::HandleScope scope(env);
  if (event.kind == CallEvent::Kind::kChunk) return send_message(env, event);
  if (!calls_.contains(event.call_id)) return true;
  const bool is_error = event.kind == CallEvent::Kind::kError;
  remove_call(env, event.call_id);
  on_end_.Call({
      Napi::Number::New(env, event.call_id),
      event.has_bytes ? to_buffer(env, std::move(event.bytes)) : env.Undefined(),
      is_error ? Napi::Number::New(env, event.code) : env.Undefined(),
      is_error ? Napi::String::New(env, event.message) : env.Undefined(),
  });
  return !env.IsExceptionPending();
}

bool NativeCollector::send_message(Napi::Env env, CallEvent& event) {
  auto ids = std::move(event.others);
  ids.push_back(event.call_id);
  std::erase_if(ids, [this](std::uint32_t id) { return !calls_.contains(id); });
  if (ids.empty()) return true;
  const std::size_t size = event.bytes.size();
  // A worker thread that is being ended makes no arrays any more.
  auto readers = Napi::Uint32Array::New(env, ids.size());
  if (readers.IsEmpty()) return false;
  std::copy(ids.begin(), ids.end(), readers.Data());
  const auto answer = on_message_.Call({readers, to_buffer(env, std::move(event.bytes))});
  if (answer.IsEmpty() || env.IsExceptionPending()) return false;
  std::unordered_set<std::uint32_t> behind;
  if (answer.IsArray()) {
    const auto list = answer.As<Napi::Array>();
    for (std::uint32_t at = 0; at < list.Length(); ++at) behind.insert(list.Get(at).ToNumber().Uint32Value());
  }
  for (const auto id : ids) {
    if (!behind.contains(id)) taken(id, size);
  }
  return !env.IsExceptionPending();
}

void NativeCollector::taken(std::uint32_t id, std::size_t bytes) {
  const auto found = calls_.find(id);
  if (found == calls_.end()) return;
  const auto call = found->second;  // what goes on may end it
  call->taken(bytes);
}

void NativeCollector::shut_down() {
  if (!events_) return;
  if (std::exchange(hooked_, false)) napi_remove_env_cleanup_hook(Env(), shut_down_hook, this);
  const auto events = std::exchange(events_, nullptr);
  events->close();
  const auto calls = std::exchange(calls_, {});
  for (const auto& [id, call] : calls) call->cancel();
  context_.close();
  context_ = {};
  dispatcher_.reset();
}

void NativeCollector::shut_down_hook(void* data) {
  auto* const self = static_cast<NativeCollector*>(data);
  self->hooked_ = false;
  self->shut_down();
}

}  // namespace hostscope
