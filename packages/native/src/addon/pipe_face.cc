// SPDX-License-Identifier: Apache-2.0
#include "addon/pipe_face.h"

#include <memory>
#include <string>
#include <utility>

#include "addon/failure_value.h"
#include "addon/js_values.h"
#include "pipe_server.h"

namespace hostscope {
namespace {

Napi::Value peer_value(Napi::Env env, const Result<PipePeer>& peer) {
  if (!peer) return failure_value(env, peer.status());
  auto object = Napi::Object::New(env);
  object.Set("sid", peer->user);
  object.Set("groups", array_of(env, peer->groups));
  object.Set("pid", number_or_null(env, peer->pid));
  return object;
}

// What is behind the functions of a connection, until it is closed or forgotten.
using Held = std::shared_ptr<std::unique_ptr<PipeConnection>>;

Status closed() { return Status::precondition("the connection was closed"); }

Napi::Object connection_value(Napi::Env env, const Held& held) {
  auto object = Napi::Object::New(env);
  object.Set("descriptor", Napi::Function::New(env, [held](const Napi::CallbackInfo& info) -> Napi::Value {
               if (!*held) return failure_value(info.Env(), closed());
               const auto descriptor = (*held)->descriptor();
               if (!descriptor) return failure_value(info.Env(), descriptor.status());
               return Napi::Number::New(info.Env(), *descriptor);
             }));
  object.Set("peer", Napi::Function::New(env, [held](const Napi::CallbackInfo& info) -> Napi::Value {
               return *held ? peer_value(info.Env(), (*held)->peer()) : failure_value(info.Env(), closed());
             }));
  object.Set("close", Napi::Function::New(env, [held](const Napi::CallbackInfo&) { held->reset(); }));
  return object;
}

Napi::Value serve(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  if (!info[2].IsFunction()) {
    Napi::TypeError::New(env, "servePipe(name: string, group: string, onConnection: function)")
        .ThrowAsJavaScriptException();
    return env.Undefined();
  }
  auto call = Napi::ThreadSafeFunction::New(env, info[2].As<Napi::Function>(), "hostscope.pipe", 0, 1);
  const PipeServerOptions options{.name = string_of(info[0]), .group = string_of(info[1])};
  auto server = serve_pipe(options, [call](std::unique_ptr<PipeConnection> connection) {
    const auto held = std::make_shared<std::unique_ptr<PipeConnection>>(std::move(connection));
    call.NonBlockingCall([held](Napi::Env js_env, Napi::Function on_connection) {
      on_connection.Call({connection_value(js_env, held)});
    });
  });
  if (!server) {
    call.Release();
    return failure_value(env, server.status());
  }
  const auto open = std::make_shared<std::unique_ptr<PipeServer>>(std::move(*server));
  auto object = Napi::Object::New(env);
  object.Set("close", Napi::Function::New(env, [open, call](const Napi::CallbackInfo&) mutable {
               if (!*open) return;
               open->reset();
               call.Release();
             }));
  return object;
}

Napi::Value own(const Napi::CallbackInfo& info) { return peer_value(info.Env(), own_identity()); }

}  // namespace

void add_pipe_face(Napi::Env env, Napi::Object exports) {
  exports.Set("servePipe", Napi::Function::New(env, serve, "servePipe"));
  exports.Set("ownIdentity", Napi::Function::New(env, own, "ownIdentity"));
}

}  // namespace hostscope
