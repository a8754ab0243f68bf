// sources: linux/container_name.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/container_name.h"

#include "core/check.h"

using hostscope::linux_os::container_name;

namespace {

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define POD "pod0a1b2c3d-1111-2222-3333-444455556666"

struct Case {
  std::string_view path, id, runtime;
};

const Case kContainers[] = {
    {"/system.slice/docker-" ID ".scope", ID, "docker"},
    {"/docker/" ID, ID, "docker"},
    {"/docker/" ID "/system.slice/ssh.service", ID, "docker"},
    {"/../../system.slice/docker-" ID ".scope/init.scope", ID, "docker"},
    {"/user.slice/user-1000.slice/user@1000.service/user.slice/docker-" ID ".scope", ID, "docker"},
    {"/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod1.slice/cri-containerd-" ID ".scope", ID,
     "containerd"},
    {"/system.slice/containerd.service/kubepods-burstable-pod1.slice:cri-containerd:" ID, ID, "containerd"},
    {"/system.slice/nerdctl-" ID ".scope", ID, "containerd"},
    {"/k8s.io/" ID, ID, "containerd"},
    {"/kubepods.slice/kubepods-pod1.slice/crio-" ID ".scope", ID, "crio"},
    {"/kubepods/besteffort/" POD "/crio-" ID, ID, "crio"},
    {"/kubepods/besteffort/" POD "/" ID, ID, ""},
    {"/machine.slice/libpod-" ID ".scope/container", ID, "podman"},
    {"/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-" ID ".scope", ID, "podman"},
    {"/libpod_parent/libpod-" ID, ID, "podman"},
    {"/machine.slice/libpod-payload-" ID, ID, "podman"},
    {"/lxc/web-1/ns", "web-1", "lxc"},
    {"/lxc/101", "101", "lxc"},
    {"/lxc.payload.web.1/init.scope", "web.1", "lxc"},
    {"/lxc.payload/web", "web", "lxc"},
    {"/machine.slice/machine-lxc\\x2d1234\\x2dweb.scope", "lxc-1234-web", "lxc"},
    {"/machine.slice/machine-my\\x2dtree.scope/payload", "my-tree", "nspawn"},
    {"/machine.slice/systemd-nspawn@tree.service/payload/system.slice", "tree", "nspawn"},
    {"/ecs/8e2f6a/" ID, ID, "ecs"},
    {"/ecs/cluster/8e2f6a/8e2f6a-1234567890", "8e2f6a-1234567890", "ecs"},
    {"/ecstasks.slice/ecstasks-8e2f6a.slice/docker-" ID ".scope", ID, "docker"},
    {"/garden/6f265890-5165-7fab-6b52-18d1", "6f265890-5165-7fab-6b52-18d1", "garden"},
    {"/system.slice/garden.service/garden/good/6f265890-5165", "6f265890-5165", "garden"},
    // A container in a container: the inner one.
    {"/docker/" ID "/kubepods/besteffort/" POD "/crio-" ID, ID, "crio"},
};

const std::string_view kOthers[] = {
    "",
    "/",
    "/../..",
    "/system.slice/ssh.service",
    "/system.slice/docker.service",
    "/system.slice/" ID ".service",
    "/user.slice/" ID,
    "/" ID,
    "/docker",
    "/docker/" ID "0",
    "/docker/0123456789ABCDEF" ID,
    "/docker/buildkit/x",
    "/system.slice/docker-0123456789ab.scope",
    "/system.slice/mydocker-" ID ".scope",
    "/machine.slice/libpod-conmon-" ID ".scope",
    "/kubepods.slice/kubepods-pod1.slice/crio-conmon-" ID ".scope",
    "/kubepods/besteffort/" POD,
    "/pod1/" ID,
    "/machine.slice/machine-qemu\\x2d1\\x2dvm.scope",
    "/machine.slice/machine-.scope",
    "/machine.slice/systemd-nspawn@.service",
    "/system.slice/machine-x.scope",
    "/lxc",
    "/lxc.monitor.web",
    "/lxc.payload.",
    "/ecs/8e2f6a",
    "/garden/good",
};

}  // namespace

int main() {
  for (const auto& each : kContainers) {
    const auto name = container_name(each.path);
    CHECK(name && name->id == each.id && name->runtime == each.runtime);
  }
  for (const auto path : kOthers) CHECK(!container_name(path));
  CHECK(!container_name(std::string(100000, '/')) && !container_name(std::string_view("\0/\xff/docker/\n", 12)));
}
