// SPDX-License-Identifier: Apache-2.0
#include "linux/limits_file.h"

#include "linux/text_scan.h"

namespace hostscope::linux_os {
namespace {

struct Name {
  std::string_view text;
  gen::RlimitResource resource;
};

constexpr Name kNames[] = {
    {"Max cpu time", gen::RlimitResource::kCpu},
    {"Max file size", gen::RlimitResource::kFsize},
    {"Max data size", gen::RlimitResource::kData},
    {"Max stack size", gen::RlimitResource::kStack},
    {"Max core file size", gen::RlimitResource::kCore},
    {"Max resident set", gen::RlimitResource::kRss},
    {"Max processes", gen::RlimitResource::kNproc},
    {"Max open files", gen::RlimitResource::kNofile},
    {"Max locked memory", gen::RlimitResource::kMemlock},
    {"Max address space", gen::RlimitResource::kAs},
    {"Max file locks", gen::RlimitResource::kLocks},
    {"Max pending signals", gen::RlimitResource::kSigpending},
    {"Max msgqueue size", gen::RlimitResource::kMsgqueue},
    {"Max nice priority", gen::RlimitResource::kNice},
    {"Max realtime priority", gen::RlimitResource::kRtprio},
    {"Max realtime timeout", gen::RlimitResource::kRttime},
};

// False if it is neither a number nor "unlimited".
bool take_limit(std::string_view& rest, std::optional<std::uint64_t>& out) {
  const auto word = take_word(rest);
  out = whole_number(word);
  return out || word == "unlimited";
}

}  // namespace

model::ResourceLimits parse_limits(std::string_view text) {
  model::ResourceLimits limits;
  while (!text.empty()) {
    const auto line = take_line(text);
    for (const auto& [name, resource] : kNames) {
      if (!line.starts_with(name)) continue;
      auto rest = line.substr(name.size());
      model::ResourceLimit limit;
      if (take_limit(rest, limit.soft) && take_limit(rest, limit.hard)) limits[resource] = limit;
      break;
    }
  }
  return limits;
}

}  // namespace hostscope::linux_os
