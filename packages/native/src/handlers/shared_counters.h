// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "dispatch.h"
#include "handlers/one_at_a_time.h"
#include "model/no_wrap.h"

namespace hostscope {

// The counters of all devices of one kind, read one reading after the other: all callers of a collector share the
// memory of nowrap, which must see every reading in its order.
class SharedCounters {
 public:
  using Rows = std::vector<model::NamedCounters>;
  using Read = Result<Rows> (Collector::*)() const;

  // `thing` is what they are of, for use inside.
  SharedCounters(std::string thing, Read read) : state_(std::make_shared<State>(std::move(thing), read)) {}

  // Reads on a worker; `answer` gets the rows, corrected if `no_wrap`, and ends the call.
  void read(const Context& context, const CallPtr& call, bool no_wrap, std::function<void(const Rows&)> answer) const {
    state_->turns->run(context, *context.pool, call, state_->thing,
                       [state = state_, collector = context.collector, call, no_wrap, answer = std::move(answer)] {
                         auto rows = (collector.get()->*state->read)();
                         if (!rows) return call->fail(std::move(rows.status()));
                         Rows corrected = *rows;
                         state->memory.correct(corrected);
                         answer(no_wrap ? corrected : *rows);
                       });
  }

 private:
  struct State {
    State(std::string of, Read by) : thing(std::move(of)), read(by) {}
    const std::string thing;
    const Read read;
    const std::shared_ptr<OneAtATime> turns = std::make_shared<OneAtATime>();
    model::NoWrap memory;  // whose turn it is may use it
  };
  const std::shared_ptr<State> state_;
};

}  // namespace hostscope
