// SPDX-License-Identifier: Apache-2.0
#include "encode/process_details.h"

#include "encode/network.h"

namespace hostscope::encode {
namespace {

using A = model::ProcessAttribute;

void memory_full_info(const model::ProcessRow& row, gen::ProcessMemoryFullInfoWriter& out) {
  const auto& in = row.memory_full_info;
  out.memory_info([&](auto& w) { memory_info(row.memory_info, w); });
  out.uss(in.uss);
  if (in.pss) out.pss(*in.pss);
  if (in.swap) out.swap(*in.swap);
}

void memory_info_ex(const model::ProcessRow& row, gen::ProcessMemoryInfoExWriter& out) {
  const auto& in = row.memory_info_ex;
  out.memory_info([&](auto& w) { memory_info(row.memory_info, w); });
  if (in.peak_rss) out.peak_rss(*in.peak_rss);
  if (in.peak_vms) out.peak_vms(*in.peak_vms);
  if (in.rss_anon) out.rss_anon(*in.rss_anon);
  if (in.rss_file) out.rss_file(*in.rss_file);
  if (in.rss_shmem) out.rss_shmem(*in.rss_shmem);
  if (in.swap) out.swap(*in.swap);
  if (in.hugetlb) out.hugetlb(*in.hugetlb);
  if (in.virtual_size) out.virtual_(*in.virtual_size);
  if (in.peak_virtual_size) out.peak_virtual(*in.peak_virtual_size);
}

void thread(const model::ProcessThread& in, gen::ProcessThreadWriter& out) {
  out.id(in.id);
  out.user_time(in.user_time);
  out.system_time(in.system_time);
}

void memory_map(const model::ProcessMemoryMap& in, gen::ProcessMemoryMapWriter& out) {
  if (in.addr) out.addr(*in.addr);
  if (in.perms) out.perms(*in.perms);
  out.path(in.path);
  out.rss(in.rss);
  if (in.size) out.size(*in.size);
  if (in.pss) out.pss(*in.pss);
  if (in.shared_clean) out.shared_clean(*in.shared_clean);
  if (in.shared_dirty) out.shared_dirty(*in.shared_dirty);
  if (in.private_clean) out.private_clean(*in.private_clean);
  if (in.private_dirty) out.private_dirty(*in.private_dirty);
  if (in.referenced) out.referenced(*in.referenced);
  if (in.anonymous) out.anonymous(*in.anonymous);
  if (in.swap) out.swap(*in.swap);
}

void open_file(const model::ProcessOpenFile& in, gen::ProcessOpenFileWriter& out) {
  out.path(in.path);
  if (in.fd) out.fd(*in.fd);
  if (in.position) out.position(*in.position);
  if (in.mode) out.mode(*in.mode);
  if (in.flags) out.flags(*in.flags);
}

void cgroup(const model::ProcessCgroup& in, gen::ProcessCgroupWriter& out) {
  out.path(in.path);
  if (in.container_id) out.container_id(*in.container_id);
  if (in.container_runtime) out.container_runtime(*in.container_runtime);
  if (in.unit) out.unit(*in.unit);
  if (in.slice) out.slice(*in.slice);
  for (const auto& [controllers, path] : in.v1_paths) out.v1_paths(controllers, path);
}

}  // namespace

void memory_info(const model::ProcessMemoryInfo& in, gen::ProcessMemoryInfoWriter& out) {
  out.rss(in.rss);
  out.vms(in.vms);
  if (in.shared) out.shared(*in.shared);
  if (in.text) out.text(*in.text);
  if (in.lib) out.lib(*in.lib);
  if (in.data) out.data(*in.data);
  if (in.dirty) out.dirty(*in.dirty);
  if (in.num_page_faults) out.num_page_faults(*in.num_page_faults);
  if (in.peak_wset) out.peak_wset(*in.peak_wset);
  if (in.wset) out.wset(*in.wset);
  if (in.peak_paged_pool) out.peak_paged_pool(*in.peak_paged_pool);
  if (in.paged_pool) out.paged_pool(*in.paged_pool);
  if (in.peak_nonpaged_pool) out.peak_nonpaged_pool(*in.peak_nonpaged_pool);
  if (in.nonpaged_pool) out.nonpaged_pool(*in.nonpaged_pool);
  if (in.pagefile) out.pagefile(*in.pagefile);
  if (in.peak_pagefile) out.peak_pagefile(*in.peak_pagefile);
  if (in.private_bytes) out.private_(*in.private_bytes);
}

void process_details(const model::ProcessRow& row, gen::ProcessInfoWriter& out) {
  const auto has = [&](A attribute) { return row.present.has(attribute); };
  if (has(A::kCwd)) out.cwd(row.cwd);
  if (has(A::kEnviron)) {
    for (const auto& [name, value] : row.environment) out.environ_(name, value);
  }
  if (has(A::kIonice)) {
    out.ionice([&](auto& w) {
      if (row.ionice.ioclass) w.ioclass(*row.ionice.ioclass);
      if (row.ionice.value) w.value(*row.ionice.value);
      if (row.ionice.level) w.level(*row.ionice.level);
    });
  }
  if (has(A::kNumFds)) out.num_fds(row.num_fds);
  if (has(A::kNumHandles)) out.num_handles(row.num_handles);
  if (has(A::kThreads)) {
    for (const auto& in : row.threads) out.threads([&](auto& w) { thread(in, w); });
  }
  if (has(A::kCpuAffinity)) out.cpu_affinity(row.cpu_affinity);
  if (has(A::kMemoryFullInfo)) out.memory_full_info([&](auto& w) { memory_full_info(row, w); });
  if (has(A::kMemoryMaps)) {
    for (const auto& in : row.memory_maps) out.memory_maps([&](auto& w) { memory_map(in, w); });
  }
  if (has(A::kOpenFiles)) {
    for (const auto& in : row.open_files) out.open_files([&](auto& w) { open_file(in, w); });
  }
  if (has(A::kConnections)) {
    for (const auto& in : row.connections) out.connections([&](auto& w) { net_connection(in, w); });
  }
  if (has(A::kMemoryInfoEx)) out.memory_info_ex([&](auto& w) { memory_info_ex(row, w); });
  if (has(A::kCgroup)) out.cgroup([&](auto& w) { cgroup(row.cgroup, w); });
}

}  // namespace hostscope::encode
