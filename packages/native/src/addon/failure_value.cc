// SPDX-License-Identifier: Apache-2.0
#include "addon/failure_value.h"

namespace hostscope {

Napi::Value failure_value(Napi::Env env, const Status& status) {
  auto object = Napi::Object::New(env);
  const wire::Buffer detail = encode_detail(status);
  object.Set("code", grpc_code(status.reason));
  object.Set("message", text(status));
  object.Set("detail", Napi::Buffer<char>::Copy(env, detail.data(), detail.size()));
  return object;
}

Napi::Value value_of(Napi::Env env, const Result<void>& result) {
  return result ? env.Undefined() : failure_value(env, result.status());
}

}  // namespace hostscope
