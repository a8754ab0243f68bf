// SPDX-License-Identifier: Apache-2.0
#include <napi.h>

#include "addon/native_collector.h"
#include "addon/peer_credentials_face.h"
#include "addon/pipe_face.h"
#include "addon/system_service_face.h"
#include "addon/trusted_file_face.h"

namespace {

// No state but what hangs on the exports: the addon may be loaded into many environments of one process.
Napi::Object init(Napi::Env env, Napi::Object exports) {
  exports.Set("version", HOSTSCOPE_VERSION);
  exports.Set("platform", std::string(hostscope::platform_name()));
  exports.Set("NativeCollector", hostscope::NativeCollector::define(env));
  exports.Set("peerCredentials", hostscope::peer_credentials_face(env));
  hostscope::add_trusted_file_face(env, exports);
  hostscope::add_system_service_face(env, exports);
  hostscope::add_pipe_face(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(hostscope, init)
