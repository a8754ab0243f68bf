// sources: linux/process_handles.cc linux/proc_file.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/process_handles.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string>

#include "core/check.h"
#include "linux/proc_file.h"

using namespace hostscope;
using namespace hostscope::linux_os;
using std::chrono::milliseconds;

namespace {

std::unique_ptr<ProcessHandle> opened(int files) {
  auto handle = std::make_unique<ProcessHandle>();
  handle->directory = UniqueFd(::open("/", O_PATH | O_CLOEXEC));
  for (int i = 0; i < files; ++i) handle->files[i] = UniqueFd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  return handle;
}

int descriptors_open() {
  DIR* directory = ::opendir("/proc/self/fd");
  int count = 0;
  while (::readdir(directory) != nullptr) ++count;
  ::closedir(directory);
  return count;
}

void gives_a_handle_to_one_reader_at_a_time() {
  ProcessHandles handles(100);
  CHECK(!handles.take(1));
  handles.put(1, opened(2));
  const auto taken = handles.take(1);
  CHECK(taken && taken->kept && taken->descriptors() == 3);
  CHECK(!handles.take(1));
}

void never_holds_more_than_its_budget() {
  const int before = descriptors_open();
  {
    ProcessHandles handles(8);
    for (int pid = 1; pid <= 50; ++pid) handles.put(pid, opened(2));
    // Two with their files, which is the files' part; then the processes alone.
    CHECK(descriptors_open() == before + 8);
    CHECK(handles.take(1)->descriptors() == 3 && handles.take(2) && handles.take(3)->descriptors() == 1);
    CHECK(handles.take(4) && !handles.take(5));
    handles.put(5, opened(2));  // what was taken made room
    CHECK(handles.take(5)->descriptors() == 3);
  }
  ProcessHandles none(0);
  none.put(1, opened(0));
  CHECK(!none.take(1));
  CHECK(descriptors_open() == before);
}

void keeps_the_first_of_two_handles_of_a_pid() {
  const int before = descriptors_open();
  ProcessHandles handles(100);
  handles.put(1, opened(1));
  handles.put(1, opened(4));
  CHECK(descriptors_open() == before + 2);
  CHECK(handles.take(1)->descriptors() == 2);
}

void closes_what_is_not_used() {
  const int before = descriptors_open();
  ProcessHandles handles(100);
  handles.put(1, opened(2));
  handles.close_unused(milliseconds(10'000));
  CHECK(handles.take(1));
  handles.put(1, opened(2));
  handles.close_unused(milliseconds(0));
  CHECK(!handles.take(1) && descriptors_open() == before);
  auto longer = opened(2);
  longer->keep_for = milliseconds(10'000);
  handles.put(1, std::move(longer));
  handles.close_unused(milliseconds(0));
  CHECK(handles.take(1));
}

// What everything rests on: a kept file tells of the process that it was opened for, each time anew, and of no other.
void a_kept_file_is_of_its_process_alone() {
  const pid_t child = ::fork();
  if (child == 0) {
    for (;;) ::pause();
  }
  UniqueFd file;
  const UniqueFd directory(::open(("/proc/" + std::to_string(child)).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  FileReader reader;
  const std::string first(reader.read_record(file, directory.get(), "stat").text);
  CHECK(first.find(std::to_string(child) + " (") == 0 && file);
  const int kept = file.get();
  CHECK(reader.read_record(file, directory.get(), "stat").text.size() > 100 && file.get() == kept);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  CHECK(reader.read_record(file, directory.get(), "stat").error == ESRCH);
}

}  // namespace

int main() {
  gives_a_handle_to_one_reader_at_a_time();
  never_holds_more_than_its_budget();
  keeps_the_first_of_two_handles_of_a_pid();
  closes_what_is_not_used();
  a_kept_file_is_of_its_process_alone();
}
