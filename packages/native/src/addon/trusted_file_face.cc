// SPDX-License-Identifier: Apache-2.0
#include "addon/trusted_file_face.h"

#include "addon/failure_value.h"
#include "trusted_file.h"

namespace hostscope {
namespace {

Napi::Value read(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto bytes =
      read_trusted_file(info[0].ToString().Utf8Value(), info[1].ToBoolean(), info[2].ToNumber().Uint32Value());
  if (!bytes) return failure_value(env, bytes.status());
  return Napi::Buffer<char>::Copy(env, reinterpret_cast<const char*>(bytes->data()), bytes->size());
}

Napi::Value check(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto checked = check_trusted_file(info[0].ToString().Utf8Value());
  return checked ? env.Undefined() : failure_value(env, checked.status());
}

}  // namespace

void add_trusted_file_face(Napi::Env env, Napi::Object exports) {
  exports.Set("readTrustedFile", Napi::Function::New(env, read, "readTrustedFile"));
  exports.Set("checkTrustedFile", Napi::Function::New(env, check, "checkTrustedFile"));
}

}  // namespace hostscope
