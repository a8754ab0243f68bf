// sources: linux/cpu_frequency.cc linux/cpu_tree.cc linux/cpu_info.cc linux/proc_file.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/cpu_frequency.h"

#include <fcntl.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "core/check.h"

using namespace hostscope;
using namespace hostscope::linux_os;

namespace {

using Files = std::map<std::string, std::string>;  // path below the directory of CPUs -> content

std::vector<model::NumberedFrequency> frequencies(const Files& files, std::string_view cpuinfo = "") {
  char name[] = "/tmp/hostscope-test-XXXXXX";
  CHECK(::mkdtemp(name) != nullptr);
  const std::filesystem::path root(name);
  const auto cpus = root / "devices/system/cpu";
  std::filesystem::create_directories(cpus);
  for (const auto& [path, content] : files) {
    std::filesystem::create_directories((cpus / path).parent_path());
    std::ofstream(cpus / path) << content;
  }
  const UniqueFd sys(::open(name, O_PATH | O_DIRECTORY | O_CLOEXEC));
  CpuTree tree(sys.get());
  const auto out = cpu_frequencies(tree, parse_cpuinfo(cpuinfo));
  std::filesystem::remove_all(root);
  return out;
}

Files policy(int number, const std::string& affected, const std::string& current = "1500000\n") {
  const std::string path = "cpufreq/policy" + std::to_string(number) + "/";
  return {{path + "affected_cpus", affected + "\n"},
          {path + "scaling_cur_freq", current},
          {path + "scaling_min_freq", "800000\n"},
          {path + "scaling_max_freq", "3500000\n"}};
}

Files both(Files a, const Files& b) {
  a.insert(b.begin(), b.end());
  return a;
}

void gives_each_cpu_of_a_policy_its_frequency() {
  const auto out = frequencies(both(policy(0, "0 1 2"), policy(3, "3", "2000500\n")));
  CHECK(out.size() == 4);
  for (std::uint32_t cpu = 0; cpu < 4; ++cpu) CHECK(out[cpu].cpu == cpu && out[cpu].frequency.max == 3500.0);
  CHECK(out[2].frequency.current == 1500.0 && out[2].frequency.min == 800.0);
  CHECK(out[3].frequency.current == 2000.5);
}

void sorts_by_number() {
  const auto out = frequencies(both(both(policy(10, "10"), policy(2, "2")), policy(1, "1")));
  CHECK(out.size() == 3 && out[0].cpu == 1 && out[1].cpu == 2 && out[2].cpu == 10);
}

void leaves_out_offline_cpus() {
  const auto tree =
      both(both(policy(0, "0"), policy(1, "")), both(policy(2, "2"), {{"cpu2/online", "0\n"}, {"cpu0/online", "1\n"}}));
  const auto out = frequencies(tree);
  CHECK(out.size() == 1 && out[0].cpu == 0);
}

void prefers_cpuinfo_if_it_knows_all_cpus() {
  const auto out = frequencies(policy(0, "0 1"), "processor : 0\ncpu MHz : 900.5\n\nprocessor : 1\ncpu MHz : 901\n");
  CHECK(out.size() == 2 && out[0].frequency.current == 900.5 && out[1].frequency.current == 901.0);
  CHECK(out[0].frequency.min == 800.0);
  const auto container = frequencies(both(policy(0, "0"), policy(7, "7")),
                                     "processor : 0\ncpu MHz : 900\n\nprocessor : 1\ncpu MHz : 901\n");
  CHECK(container.size() == 2 && container[0].frequency.current == 1500.0 && container[1].cpu == 7);
}

void falls_back_to_the_drivers_frequency() {
  auto tree = policy(0, "0", "<unknown>\n");
  tree["cpufreq/policy0/cpuinfo_cur_freq"] = "1200000\n";
  CHECK(frequencies(tree)[0].frequency.current == 1200.0);
  tree["cpufreq/policy0/cpuinfo_cur_freq"] = "0\n";
  CHECK(frequencies(tree).empty());
}

void reads_the_layout_of_old_kernels() {
  const auto out = frequencies({{"cpu0/cpufreq/scaling_cur_freq", "1000000"},
                                {"cpu0/cpufreq/scaling_max_freq", "2000000"},
                                {"cpu1/cpufreq/cpuinfo_cur_freq", "1100000"},
                                {"cpu2/online", "1"},
                                {"cpufreq/x", ""}});
  CHECK(out.size() == 2 && out[0].frequency.current == 1000.0 && out[0].frequency.max == 2000.0);
  CHECK(out[1].cpu == 1 && out[1].frequency.current == 1100.0 && !out[1].frequency.min);
}

void uses_cpuinfo_alone_without_cpufreq() {
  const auto out = frequencies({{"cpufreq/.keep", ""}}, "processor : 4\ncpu MHz : 2596.132\n\nprocessor : 5\n");
  CHECK(out.size() == 1 && out[0].cpu == 4 && out[0].frequency.current == 2596.132 && !out[0].frequency.max);
  CHECK(frequencies({}).empty());
}

void survives_damaged_files() {
  CHECK(frequencies(
            {{"cpufreq/policy0/affected_cpus", "x"}, {"cpufreq/policyx/affected_cpus", "0"}, {"cpufreq/policy", ""}})
            .empty());
  const auto out = frequencies(both(policy(0, "garbage"), {}));
  CHECK(out.size() == 1 && out[0].cpu == 0);
}

}  // namespace

int main() {
  gives_each_cpu_of_a_policy_its_frequency();
  sorts_by_number();
  leaves_out_offline_cpus();
  prefers_cpuinfo_if_it_knows_all_cpus();
  falls_back_to_the_drivers_frequency();
  reads_the_layout_of_old_kernels();
  uses_cpuinfo_alone_without_cpufreq();
  survives_damaged_files();
}
