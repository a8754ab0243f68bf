// SPDX-License-Identifier: Apache-2.0
#include "handlers/signal_previews.h"

#include <algorithm>
#include <random>
#include <utility>

namespace hostscope {
namespace {

std::string random_token() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  constexpr std::size_t kLength = 32;
  std::random_device kernel;  // the system's own generator, not one that is seeded from it
  std::string token;
  while (token.size() < kLength) {
    auto bits = static_cast<std::uint32_t>(kernel());
    for (int digit = 0; digit < 8; ++digit, bits >>= 4) token += kDigits[bits & 15];
  }
  return token;
}

}  // namespace

std::string SignalPreviews::add(SignalPreview preview, Clock::time_point now) {
  auto token = random_token();
  const std::lock_guard lock(mutex_);
  while (!kept_.empty() && (kept_.size() >= kMost || kept_.front().expires <= now)) kept_.pop_front();
  kept_.push_back({token, now + kLifetime, std::move(preview)});
  return token;
}

std::optional<SignalPreview> SignalPreviews::take(std::string_view token, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) { return kept.token == token; });
  if (found == kept_.end()) return std::nullopt;
  auto kept = std::move(*found);
  kept_.erase(found);
  if (kept.expires <= now) return std::nullopt;
  return std::move(kept.preview);
}

}  // namespace hostscope
