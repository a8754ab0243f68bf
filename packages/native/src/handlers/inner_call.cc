// SPDX-License-Identifier: Apache-2.0
#include "handlers/inner_call.h"

#include <utility>

#include "wire/reader.h"

namespace hostscope {
namespace {

// Fields of ErrorDetail.
constexpr std::uint32_t kReason = 1, kOsError = 4;

InnerFailure failure_of(const CallEvent& event) {
  InnerFailure failure{.message = event.message};
  wire::Reader reader(event.bytes.view());
  while (reader.next()) {
    std::int32_t number = 0;
    if (reader.field() == kReason) {
      if (reader.get_enum(failure.reason)) continue;
    } else if (reader.field() == kOsError) {
      if (reader.get_int32(number)) failure.os_error = number;
    } else {
      reader.skip();
    }
  }
  return failure;
}

class InnerSink : public CallSink {
 public:
  explicit InnerSink(std::function<void(const InnerFailure&)> failed) : failed_(std::move(failed)) {}
  void deliver(CallEvent event) override {
    if (event.kind == CallEvent::Kind::kError) failed_(failure_of(event));
  }

 private:
  const std::function<void(const InnerFailure&)> failed_;
};

}  // namespace

CallPtr inner_call(gen::Method method, std::function<void(const InnerFailure&)> failed,
                   std::optional<Call::Clock::time_point> deadline) {
  return std::make_shared<Call>(0, gen::kMethods[static_cast<std::size_t>(method)], std::string(), deadline,
                                std::make_shared<InnerSink>(std::move(failed)));
}

}  // namespace hostscope
