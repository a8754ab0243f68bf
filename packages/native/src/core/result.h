// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <variant>

#include "core/status.h"

namespace hostscope {

// A value or the reason why there is none. Returned in place of exceptions.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Status status) : state_(std::in_place_index<1>, std::move(status)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  // Only if ok().
  T& operator*() { return *std::get_if<0>(&state_); }
  const T& operator*() const { return *std::get_if<0>(&state_); }
  T* operator->() { return std::get_if<0>(&state_); }
  const T* operator->() const { return std::get_if<0>(&state_); }
  // Only if not ok().
  Status& status() { return *std::get_if<1>(&state_); }
  const Status& status() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Status> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Status status) : status_(std::move(status)) {}

  bool ok() const { return !status_; }
  explicit operator bool() const { return ok(); }
  // Only if not ok().
  Status& status() { return *status_; }
  const Status& status() const { return *status_; }

 private:
  std::optional<Status> status_;
};

}  // namespace hostscope
