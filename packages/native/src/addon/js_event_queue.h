// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <node_api.h>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "call.h"

namespace hostscope {

// Brings the events of calls from any thread to the JavaScript thread. Threads that outlive the environment may go on
// delivering: it is dropped.
class JsEventQueue : public CallSink {
 public:
  // All but deliver() belong to the JavaScript thread. `drain` is called there when there is something to take. Null if
  // the environment is about to end.
  static std::shared_ptr<JsEventQueue> open(napi_env env, std::function<void(napi_env)> drain);
  void close();

  // Whether waiting for events keeps the process alive; at first it does not.
  void keep_alive(napi_env env, bool keep);

  void deliver(CallEvent event) override;
  // The next event. After the last one, a new one wakes the JavaScript thread again.
  std::optional<CallEvent> take();
  // Promises that take() follows: what is delivered in the meantime need not wake anybody.
  void expect_take();
  // Makes sure that drain is called again, when a drain had to stop early.
  void wake_again();

 private:
  void wake();  // needs the lock

  std::function<void(napi_env)> drain_;
  std::mutex mutex_;
  std::deque<CallEvent> events_;
  napi_threadsafe_function wake_ = nullptr;  // null: closed
  bool take_expected_ = false;
};

}  // namespace hostscope
