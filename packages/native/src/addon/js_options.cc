// SPDX-License-Identifier: Apache-2.0
#include "addon/js_options.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace hostscope {
namespace {

std::string string_option(const Napi::Object& options, const char* name) {
  return options.Get(name).ToString().Utf8Value();
}

std::vector<std::string> strings_option(const Napi::Object& options, const char* name) {
  std::vector<std::string> strings;
  const auto given = options.Get(name);
  if (!given.IsArray()) return strings;
  const auto array = given.As<Napi::Array>();
  for (std::uint32_t i = 0; i < array.Length(); ++i) strings.push_back(array.Get(i).ToString().Utf8Value());
  return strings;
}

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
  return {.roots = {.proc = string_option(options, "procRoot"),
                    .sys = string_option(options, "sysRoot"),
                    .dev = string_option(options, "devRoot"),
                    .rootfs = string_option(options, "rootfs"),
                    .bpf = options.Get("bpf").ToBoolean()},
          .protected_names = strings_option(options, "protectedNames"),
          .starts_programs = options.Get("allowExec").ToBoolean(),
          .threads = pool_options(options)};
}

}  // namespace hostscope
