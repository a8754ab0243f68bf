// SPDX-License-Identifier: Apache-2.0
// What previews of signals have shown, until it is acted on.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/process.h"

namespace hostscope {

// One preview: exactly these processes get exactly this signal.
struct SignalPreview {
  int signal = 0;
  std::vector<model::ProcessRef> targets;
};

// Thread-safe. Keeps few: whoever previews without committing must not make the agent grow.
class SignalPreviews {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr std::chrono::seconds kLifetime{60};
  static constexpr std::size_t kMost = 64;  // then the oldest goes

  // Gives the token of a preview: 128 random bits in hexadecimal digits, which nobody can guess.
  std::string add(SignalPreview preview, Clock::time_point now = Clock::now());
  // Takes a preview out, so that no token acts twice; empty if there is none, or it is too old.
  std::optional<SignalPreview> take(std::string_view token, Clock::time_point now = Clock::now());

 private:
  struct Kept {
    std::string token;
    Clock::time_point expires;
    SignalPreview preview;
  };

  std::mutex mutex_;
  std::deque<Kept> kept_;  // oldest first
};

}  // namespace hostscope
