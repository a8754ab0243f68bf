// SPDX-License-Identifier: Apache-2.0
#include "addon/js_options.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "addon/js_values.h"

namespace hostscope {
namespace {

std::uint32_t number_option(const Napi::Object& options, const char* name) {
  return options.Get(name).ToNumber().Uint32Value();
}

WorkerPoolOptions pool_options(const Napi::Object& options) {
  WorkerPoolOptions pool;
  pool.max_threads = number_option(options, "maxThreads");
  pool.base_threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, pool.base_threads);
  pool.field_timeout = std::chrono::milliseconds(number_option(options, "fieldTimeoutMs"));
  // A job that reads no single field may do several things in a row that each take their time.
  pool.job_timeout = 5 * pool.field_timeout;
  return pool;
}

}  // namespace

JsOptions read_options(const Napi::Object& options) {
  return {.roots = {.proc = string_of(options.Get("procRoot")),
                    .sys = string_of(options.Get("sysRoot")),
                    .dev = string_of(options.Get("devRoot")),
                    .rootfs = string_of(options.Get("rootfs")),
                    .bpf = options.Get("bpf").ToBoolean()},
          .protected_names = strings_of(options.Get("protectedNames")),
          .starts_programs = options.Get("allowExec").ToBoolean(),
          .threads = pool_options(options)};
}

}  // namespace hostscope
