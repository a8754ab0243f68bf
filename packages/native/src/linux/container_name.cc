// SPDX-License-Identifier: Apache-2.0
#include "linux/container_name.h"

#include <algorithm>
#include <vector>

namespace hostscope::linux_os {
namespace {

constexpr std::string_view kScope = ".scope";

bool is_id_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

// As docker, containerd, cri-o and podman make them.
bool is_id(std::string_view text) { return text.size() == 64 && std::all_of(text.begin(), text.end(), is_id_digit); }

// A name that a person or an orchestrator gave.
bool is_name(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  };
  return !text.empty() && text[0] != '.' && std::all_of(text.begin(), text.end(), allowed);
}

// Prefix of the id in the group's name, with or without ".scope" behind it.
struct Prefix {
  std::string_view text, runtime;
};
constexpr Prefix kPrefixes[] = {
    {"docker-", "docker"}, {"cri-containerd-", "containerd"}, {"nerdctl-", "containerd"},
    {"crio-", "crio"},     {"libpod-payload-", "podman"},     {"libpod-", "podman"},
};

std::optional<ContainerName> by_prefix(std::string_view group) {
  if (group.ends_with(kScope)) group.remove_suffix(kScope.size());
  for (const auto& [text, runtime] : kPrefixes) {
    if (group.starts_with(text) && is_id(group.substr(text.size()))) {
      return ContainerName{std::string(group.substr(text.size())), runtime};
    }
  }
  // containerd that was told a name for systemd, without systemd: "kubepods-POD.slice:cri-containerd:ID".
  constexpr std::string_view kInfix = ":cri-containerd:";
  const auto infix = group.find(kInfix);
  if (infix != std::string_view::npos && is_id(group.substr(infix + kInfix.size()))) {
    return ContainerName{std::string(group.substr(infix + kInfix.size())), "containerd"};
  }
  return std::nullopt;
}

// Undoes systemd's escapes: "\x2d" is "-".
std::string unescaped_unit(std::string_view text) {
  const auto hex = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "\\x" && i + 3 < text.size() && hex(text[i + 2]) >= 0 && hex(text[i + 3]) >= 0) {
      out += static_cast<char>(hex(text[i + 2]) * 16 + hex(text[i + 3]));
      i += 3;
    } else {
      out += text[i];
    }
  }
  return out;
}

// What machined was told of: containers of systemd-nspawn and libvirt, and also virtual machines, which are none.
std::optional<ContainerName> machine(std::string_view group) {
  constexpr std::string_view kMachine = "machine-", kService = "systemd-nspawn@", kServiceEnd = ".service";
  if (group.starts_with(kService) && group.ends_with(kServiceEnd)) {
    group.remove_prefix(kService.size());
    group.remove_suffix(std::min(kServiceEnd.size(), group.size()));
    return group.empty() ? std::nullopt : std::optional(ContainerName{unescaped_unit(group), "nspawn"});
  }
  if (!group.starts_with(kMachine) || !group.ends_with(kScope) || group.size() <= kMachine.size() + kScope.size()) {
    return std::nullopt;
  }
  const std::string name =
      unescaped_unit(group.substr(kMachine.size(), group.size() - kMachine.size() - kScope.size()));
  if (name.starts_with("qemu-")) return std::nullopt;
  return ContainerName{name, name.starts_with("lxc-") ? "lxc" : "nspawn"};
}

using Groups = std::vector<std::string_view>;  // of one path, outermost first

bool has_before(const Groups& groups, std::size_t end, std::string_view prefix) {
  return std::any_of(groups.begin(), groups.begin() + static_cast<std::ptrdiff_t>(end),
                     [&](std::string_view group) { return group.starts_with(prefix); });
}

// Kinds that are known by the groups above them.
std::optional<ContainerName> by_parents(const Groups& groups, std::size_t at) {
  const auto group = groups[at];
  const auto parent = at > 0 ? groups[at - 1] : std::string_view();
  const auto named = [&](std::string_view runtime) { return ContainerName{std::string(group), runtime}; };
  if (is_id(group)) {
    if (parent == "docker") return named("docker");
    if (parent == "k8s.io") return named("containerd");
    // Any runtime of Kubernetes that is not left to systemd.
    if (parent.starts_with("pod") && has_before(groups, at, "kubepods")) return named("");
  }
  if (at > 1 && groups[0] == "ecs" && at + 1 == groups.size() && is_name(group)) return named("ecs");
  if (!is_name(group)) return std::nullopt;
  if (parent == "lxc" || parent == "lxc.payload") return named("lxc");
  if (parent == "garden" && group != "good" && group != "bad") return named("garden");
  const bool sorted = parent == "good" || parent == "bad";
  if (at > 1 && groups[at - 2] == "garden" && sorted) return named("garden");
  return std::nullopt;
}

std::optional<ContainerName> name_at(const Groups& groups, std::size_t at) {
  const auto group = groups[at];
  if (auto found = by_prefix(group)) return found;
  constexpr std::string_view kPayload = "lxc.payload.";
  if (group.starts_with(kPayload) && is_name(group.substr(kPayload.size()))) {
    return ContainerName{std::string(group.substr(kPayload.size())), "lxc"};
  }
  if (at > 0 && groups[at - 1] == "machine.slice") {
    if (auto found = machine(group)) return found;
  }
  return by_parents(groups, at);
}

Groups split(std::string_view path) {
  Groups groups;
  while (!path.empty()) {
    const auto slash = std::min(path.find('/'), path.size());
    if (slash > 0) groups.push_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return groups;
}

}  // namespace

std::optional<ContainerName> container_name(std::string_view path) {
  const auto groups = split(path);
  for (std::size_t at = groups.size(); at > 0; --at) {
    if (auto found = name_at(groups, at - 1)) return found;
  }
  return std::nullopt;
}

}  // namespace hostscope::linux_os
