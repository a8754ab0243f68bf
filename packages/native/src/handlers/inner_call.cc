// SPDX-License-Identifier: Apache-2.0
#include "handlers/inner_call.h"

#include <algorithm>
#include <utility>

#include "wire/reader.h"

namespace hostscope {
namespace {

// Fields of ErrorDetail.
constexpr std::uint32_t kReason = 1, kOsError = 4, kPlatform = 8;

// What the call failed with, out of what it would have sent.
Status status_of(const CallEvent& event, std::string_view op) {
  Status status{.reason = ErrorReason::kInternal, .message = event.message};
  status.op = op;
  // The op and what joins it to the rest come with the text again.
  if (status.message.starts_with(op)) {
    status.message.erase(0, op.size());
    status.message.erase(0, std::min(status.message.find_first_not_of(": "), status.message.size()));
  }
  wire::Reader reader(event.bytes.view());
  while (reader.next()) {
    std::int32_t number = 0;
    if (reader.field() == kReason) {
      reader.get_enum(status.reason);
    } else if (reader.field() == kOsError) {
      if (reader.get_int32(number)) status.os_error = number;
    } else if (reader.field() == kPlatform) {
      reader.get_string(status.platform);
    } else {
      reader.skip();
    }
  }
  return status;
}

class InnerSink : public CallSink {
 public:
  InnerSink(std::string_view op, std::function<void(const Status&)> failed) : op_(op), failed_(std::move(failed)) {}
  void deliver(CallEvent event) override {
    if (event.kind == CallEvent::Kind::kError) failed_(status_of(event, op_));
  }

 private:
  const std::string_view op_;  // of the schema's own table
  const std::function<void(const Status&)> failed_;
};

}  // namespace

CallPtr inner_call(gen::Method method, std::function<void(const Status&)> failed,
                   std::optional<Call::Clock::time_point> deadline) {
  const auto& info = gen::kMethods[static_cast<std::size_t>(method)];
  return std::make_shared<Call>(0, info, std::string(), deadline,
                                std::make_shared<InnerSink>(info.name, std::move(failed)));
}

}  // namespace hostscope
