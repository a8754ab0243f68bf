// SPDX-License-Identifier: Apache-2.0
#include "addon/js_event_queue.h"

#include <utility>

namespace hostscope {

std::shared_ptr<JsEventQueue> JsEventQueue::open(napi_env env, std::function<void(napi_env)> drain) {
  auto queue = std::make_shared<JsEventQueue>();
  queue->drain_ = std::move(drain);
  napi_value name = nullptr;
  if (napi_create_string_utf8(env, "hostscope.call", NAPI_AUTO_LENGTH, &name) != napi_ok) return nullptr;

  // Node finalizes the function by itself when the environment ends, and may call it until then.
  auto* const held = new std::shared_ptr<JsEventQueue>(queue);
  const auto finalize = [](napi_env, void* data, void*) {
    const std::unique_ptr<std::shared_ptr<JsEventQueue>> last(static_cast<std::shared_ptr<JsEventQueue>*>(data));
    const std::lock_guard lock((*last)->mutex_);
    (*last)->wake_ = nullptr;
  };
  const auto call_js = [](napi_env js_env, napi_value, void* context, void*) {
    if (js_env == nullptr)
      return;  // what is left in Node's own queue at the end; finalize has run, the context is gone
    const auto drain = static_cast<JsEventQueue*>(context)->drain_;  // a copy: it may end up in close()
    if (drain) drain(js_env);
  };
  if (napi_create_threadsafe_function(env, nullptr, nullptr, name, 0, 1, held, finalize, queue.get(), call_js,
                                      &queue->wake_) != napi_ok) {
    delete held;
    return nullptr;
  }
  queue->keep_alive(env, false);
  return queue;
}

void JsEventQueue::close() {
  napi_threadsafe_function wake = nullptr;
  {
    const std::lock_guard lock(mutex_);
    wake = std::exchange(wake_, nullptr);
    events_.clear();
  }
  drain_ = nullptr;
  if (wake != nullptr) napi_release_threadsafe_function(wake, napi_tsfn_abort);
}

void JsEventQueue::keep_alive(napi_env env, bool keep) {
  const std::lock_guard lock(mutex_);
  if (wake_ == nullptr) return;
  if (keep) {
    napi_ref_threadsafe_function(env, wake_);
  } else {
    napi_unref_threadsafe_function(env, wake_);
  }
}

void JsEventQueue::deliver(CallEvent event) {
  const std::lock_guard lock(mutex_);
  if (wake_ == nullptr) return;
  events_.push_back(std::move(event));
  if (!take_expected_) wake();
}

std::optional<CallEvent> JsEventQueue::take() {
  const std::lock_guard lock(mutex_);
  if (events_.empty()) {
    take_expected_ = false;
    return std::nullopt;
  }
  std::optional<CallEvent> event(std::move(events_.front()));
  events_.pop_front();
  return event;
}

void JsEventQueue::expect_take() {
  const std::lock_guard lock(mutex_);
  take_expected_ = true;
}

void JsEventQueue::wake_again() {
  const std::lock_guard lock(mutex_);
  if (wake_ != nullptr) wake();
}

void JsEventQueue::wake() {
  take_expected_ = true;
  // Under the lock, so that close() cannot free the function meanwhile.
  napi_call_threadsafe_function(wake_, nullptr, napi_tsfn_nonblocking);
}

}  // namespace hostscope
