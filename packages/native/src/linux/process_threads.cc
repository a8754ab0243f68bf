// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "linux/directory_names.h"
#include "linux/process_target.h"

namespace hostscope::linux_os {

bool LinuxProcessReader::read_threads(Target& target) {
  if (!target.enter(ProcessSource::kTasks, {A::kThreads})) return true;
  const UniqueFd tasks(::openat(target.directory(), "task", O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!tasks) return fail(target, {A::kThreads}, errno);
  auto& threads = target.row.threads;
  if (context_->is_procfs && target.stat.num_threads == 1 && target.stat.state != 'Z') {
    threads.push_back({target.pid});  // most have only this one, and making the list costs as much as reading it
  } else {
    const int error = for_each_name(tasks.get(), ".", [&](std::string_view name) {
      if (const auto id = id_of(name)) threads.push_back({*id});
    });
    if (error != 0) return fail(target, {A::kThreads}, error);
  }
  std::sort(threads.begin(), threads.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  std::size_t read = 0;
  for (const auto& [id, user, system] : threads) {
    if (!target.enter(ProcessSource::kTasks, {A::kThreads})) return true;
    const auto file = reader_.read_record(tasks.get(), (std::to_string(id) + "/stat").c_str());
    if (gone(file.error)) continue;  // it ended meanwhile
    const auto stat = parse_process_stat(file.text);
    if (file.error != 0 || !stat) {
      target.row.fail({A::kThreads}, outcome_of(file.error), file.error);
      return true;
    }
    threads[read++] = {id, static_cast<double>(stat->utime) / context_->ticks_per_second,
                       static_cast<double>(stat->stime) / context_->ticks_per_second};
  }
  const bool some_ended = read < threads.size();
  threads.resize(read);
  if (some_ended && alive(target) == Alive::kNo) return false;
  target.row.present.add(A::kThreads);
  return true;
}

}  // namespace hostscope::linux_os
