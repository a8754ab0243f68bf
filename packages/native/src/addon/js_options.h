// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <napi.h>

#include <string>
#include <vector>

#include "core/worker_pool.h"
#include "roots.h"

namespace hostscope {

// NativeOptions of lib/addon.ts.
struct JsOptions {
  Roots roots;
  std::vector<std::string> protected_names;
  bool starts_programs = false;
  WorkerPoolOptions threads;
};

// They were checked in JavaScript; what cannot be read leaves a pending exception.
JsOptions read_options(const Napi::Object& options);

}  // namespace hostscope
