// SPDX-License-Identifier: Apache-2.0
#include "addon/js_grant.h"

#include <cmath>
#include <limits>

namespace hostscope {
namespace {

constexpr double kMost = std::numeric_limits<std::uint32_t>::max();

// Anything odd makes the whole grant unusable: what is not understood must not allow anything.
class Reader {
 public:
  bool failed() const { return failed_; }

  std::uint32_t number(const Napi::Value& value) {
    const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
    if (!(number >= 0) || number > kMost || number != std::floor(number)) return fail<std::uint32_t>();
    return static_cast<std::uint32_t>(number);
  }

  std::string text(const Napi::Value& value) {
    return value.IsString() ? value.As<Napi::String>().Utf8Value() : fail<std::string>();
  }

  Napi::Value member(const Napi::Value& value, const char* name) {
    if (!value.IsObject()) failed_ = true;
    return failed_ ? value.Env().Undefined() : value.As<Napi::Object>().Get(name);
  }

  template <auto kRead>
  auto list(const Napi::Value& value) {
    std::vector<decltype((this->*kRead)(value))> items;
    if (!value.IsArray()) failed_ = true;
    if (failed_) return items;
    const auto array = value.As<Napi::Array>();
    for (std::uint32_t i = 0; i < array.Length() && !failed_; ++i) items.push_back((this->*kRead)(array.Get(i)));
    return items;
  }

  template <auto kRead>
  auto list_or_null(const Napi::Value& value) {
    return value.IsNull() ? std::nullopt : std::optional(list<kRead>(value));
  }

  int signal(const Napi::Value& value) { return static_cast<int>(number(value)); }

  UidRange range(const Napi::Value& value) {
    const auto ends = list<&Reader::number>(value);
    return ends.size() == 2 ? UidRange{ends[0], ends[1]} : fail<UidRange>();
  }

  TargetConditions conditions(const Napi::Value& value) {
    TargetConditions conditions;
    conditions.uids = list_or_null<&Reader::range>(member(value, "uids"));
    conditions.cgroups = list_or_null<&Reader::text>(member(value, "cgroups"));
    conditions.accounts = list_or_null<&Reader::text>(member(value, "accounts"));
    conditions.not_accounts = list_or_null<&Reader::text>(member(value, "notAccounts"));
    conditions.signals = list_or_null<&Reader::signal>(member(value, "signals"));
    const auto max_targets = member(value, "maxTargets");
    if (!max_targets.IsNull()) conditions.max_targets = number(max_targets);
    return conditions;
  }

  model::ProcessAttribute attribute(const Napi::Value& value) {
    const auto attribute = static_cast<model::ProcessAttribute>(number(value));
    return gen::is_known(attribute) ? attribute : fail<model::ProcessAttribute>();
  }

  HiddenAttributes hidden(const Napi::Value& value) {
    HiddenAttributes hidden{.attributes = {}, .permission = text(member(value, "permission"))};
    for (const auto attribute : list<&Reader::attribute>(member(value, "attributes"))) hidden.attributes.add(attribute);
    return hidden;
  }

 private:
  template <class T>
  T fail() {
    failed_ = true;
    return T{};
  }

  bool failed_ = false;
};

}  // namespace

std::optional<Grant> read_grant(const Napi::Value& value) {
  Reader reader;
  Grant grant;
  grant.hidden = reader.list<&Reader::hidden>(reader.member(value, "hidden"));
  grant.targets = reader.list_or_null<&Reader::conditions>(reader.member(value, "targets"));
  grant.permission = reader.text(reader.member(value, "permission"));
  const auto sees_processes = reader.member(value, "seesProcesses");
  grant.sees_processes = sees_processes.IsBoolean() && sees_processes.As<Napi::Boolean>().Value();
  if (reader.failed() || value.Env().IsExceptionPending()) return std::nullopt;
  return grant;
}

}  // namespace hostscope
