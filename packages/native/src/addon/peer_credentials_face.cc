// SPDX-License-Identifier: Apache-2.0
#include "addon/peer_credentials_face.h"

#include "addon/failure_value.h"
#include "peer_credentials.h"

namespace hostscope {
namespace {

Napi::Value peer(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto peer = peer_credentials(info[0].ToNumber().Int32Value());
  if (!peer) return failure_value(env, peer.status());
  auto groups = Napi::Array::New(env, peer->groups.size());
  for (std::uint32_t i = 0; i < peer->groups.size(); ++i) groups.Set(i, peer->groups[i]);
  auto object = Napi::Object::New(env);
  object.Set("uid", peer->uid);
  object.Set("gid", peer->gid);
  object.Set("groups", groups);
  object.Set("pid", peer->pid ? Napi::Number::New(env, static_cast<double>(*peer->pid)).As<Napi::Value>() : env.Null());
  return object;
}

}  // namespace

Napi::Function peer_credentials_face(Napi::Env env) { return Napi::Function::New(env, peer, "peerCredentials"); }

}  // namespace hostscope
