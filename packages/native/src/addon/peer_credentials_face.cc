// SPDX-License-Identifier: Apache-2.0
#include "addon/peer_credentials_face.h"

#include "addon/failure_value.h"
#include "addon/js_values.h"
#include "peer_credentials.h"

namespace hostscope {
namespace {

Napi::Value peer(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto peer = peer_credentials(info[0].ToNumber().Int32Value());
  if (!peer) return failure_value(env, peer.status());
  auto object = Napi::Object::New(env);
  object.Set("uid", peer->uid);
  object.Set("gid", peer->gid);
  object.Set("groups", array_of(env, peer->groups));
  object.Set("pid", number_or_null(env, peer->pid));
  return object;
}

}  // namespace

Napi::Function peer_credentials_face(Napi::Env env) { return Napi::Function::New(env, peer, "peerCredentials"); }

}  // namespace hostscope
