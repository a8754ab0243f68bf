// SPDX-License-Identifier: Apache-2.0
// Values of JavaScript that several parts of the addon read and make.
#pragma once

#include <napi.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hostscope {

inline std::string string_of(const Napi::Value& value) { return value.ToString().Utf8Value(); }

// Empty if it is no array.
inline std::vector<std::string> strings_of(const Napi::Value& value) {
  std::vector<std::string> strings;
  if (!value.IsArray()) return strings;
  const auto array = value.As<Napi::Array>();
  for (std::uint32_t i = 0; i < array.Length(); ++i) strings.push_back(string_of(array.Get(i)));
  return strings;
}

// Of strings or numbers.
template <class Item>
Napi::Array array_of(Napi::Env env, const std::vector<Item>& items) {
  auto array = Napi::Array::New(env, items.size());
  for (std::uint32_t i = 0; i < array.Length(); ++i) array.Set(i, items[i]);
  return array;
}

template <class Number>
Napi::Value number_or_null(Napi::Env env, const std::optional<Number>& number) {
  if (!number) return env.Null();
  return Napi::Number::New(env, static_cast<double>(*number));
}

}  // namespace hostscope
