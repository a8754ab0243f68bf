// sources: linux/process_stat.cc linux/process_status.cc linux/process_files.cc
// SPDX-License-Identifier: Apache-2.0
#include "linux/process_files.h"

#include <string>

#include "core/check.h"
#include "linux/process_stat.h"
#include "linux/process_status.h"

using namespace hostscope;
using namespace hostscope::linux_os;
using namespace std::string_literals;
using namespace std::string_view_literals;
using Strings = std::vector<std::string>;

namespace {

const std::string kTail =
    " S 7 42 42 34816 42 4194304 11 12 13 14 150 50 3 4 20 -5 9 0 8836 1000 200 18446744073709551615 1 2 3 4 5 6 7 8 9 "
    "10 "
    "0 0 17 3 0 0 77 0 0\n";

void stat_of(const std::string& comm) {
  const std::string text = "42 (" + comm + ")" + kTail;
  const auto stat = parse_process_stat(text);
  CHECK(stat.has_value());
  CHECK(stat->comm == comm);
  CHECK(stat->state == 'S' && stat->ppid == 7 && stat->tty_nr == 34816);
  CHECK(stat->minflt == 11 && stat->majflt == 13);
  CHECK(stat->utime == 150 && stat->stime == 50 && stat->cutime == 3 && stat->cstime == 4);
  CHECK(stat->nice == -5 && stat->num_threads == 9 && stat->starttime == 8836);
  CHECK(stat->processor == 3 && stat->blkio_ticks == 77);
  CHECK(!stat->is_kernel_thread());
}

void stat_survives_names() {
  for (const char* comm : {"cat", "a) R (b", ") Z 1 (", "two\nlines", "", "(", ")", " ", "\xff\xfe"}) stat_of(comm);
}

void stat_refuses_what_is_no_stat() {
  for (const char* text :
       {"", "42", "42 (cat", "42 cat) S 1", ")(", "42 (cat)", "42 (cat) S", "42 (cat) S x 1 1 1 1"}) {
    CHECK(!parse_process_stat(text));
  }
  const std::string full = "42 (cat)" + kTail;
  const auto start = full.find(" 8836") + 5;
  for (std::size_t cut = 0; cut < start - 4; ++cut) CHECK(!parse_process_stat(std::string_view(full).substr(0, cut)));
  const auto old_kernel = parse_process_stat(std::string_view(full).substr(0, start));
  CHECK(old_kernel && old_kernel->processor == 0 && old_kernel->blkio_ticks == 0);
}

void status_cannot_be_forged() {
  const auto status = parse_process_status(
      "Name:\tUid:\t0\t0\t0\t0\nUmask:\t0022\nTgid:\t42\nXUid:\t9\t9\t9\t9\n Uid:\t8\t8\t8\t8\n"
      "Uid:\t1000\t1001\t1002\t1003\nGid:\t5\t6\t7\t8\nvoluntary_ctxt_switches:\t12\n"
      "nonvoluntary_ctxt_switches:\t3\n");
  CHECK(status.tgid == 42);
  CHECK(status.uids && status.uids->real == 1000 && status.uids->effective == 1001 && status.uids->saved == 1002);
  CHECK(status.gids && status.gids->saved == 7);
  CHECK(status.voluntary == 12u && status.involuntary == 3u);
}

void status_without_values_has_none() {
  for (const char* text : {"", "Name:\tx", "Name:\tx\nUid:\n", "Name:\tx\nUid:\t1\t2", "Name:\tx\nUid:\ta\tb\tc\n"}) {
    CHECK(!parse_process_status(text).uids);
  }
}

Strings cmdline(std::string_view text) {
  Strings out{"left over"};
  parse_cmdline(text, out);
  return out;
}

void cmdline_keeps_what_is_an_argument() {
  CHECK(cmdline("").empty());
  CHECK((cmdline("foo\0bar\0"sv) == Strings{"foo", "bar"}));
  CHECK((cmdline("foo\0bar\0\0"sv) == Strings{"foo", "bar", ""}));
  CHECK((cmdline("\0"sv) == Strings{""}));
  CHECK((cmdline("foo\0two words\0"sv) == Strings{"foo", "two words"}));
  CHECK((cmdline("nginx: worker process"sv) == Strings{"nginx:", "worker", "process"}));
  CHECK((cmdline("nginx: worker\0"sv) == Strings{"nginx:", "worker"}));
  CHECK((cmdline("foo\0bar"sv) == Strings{"foo\0bar"s}));
}

void io_passes_over_odd_lines() {
  const auto io = parse_process_io(
      "rchar: 1\nwchar: 2\n\nsyscr: 3\nsyscw: 4\nread_bytes: 5\ngarbage\nwrite_bytes: x\nwrite_bytes: 6\n");
  CHECK(io && io->read_chars == 1u && io->write_chars == 2u && io->read_count == 3 && io->write_count == 4);
  CHECK(io->read_bytes == 5 && io->write_bytes == 6);
  CHECK(!parse_process_io("") && !parse_process_io("\n\nfoo\n"));
}

void statm_is_in_bytes() {
  const auto memory = parse_statm("10 5 3 2 0 4 0\n", 4096);
  CHECK(memory && memory->vms == 40960 && memory->rss == 20480 && memory->shared == 12288u && memory->text == 8192u);
  CHECK(memory->data == 16384u && memory->lib == 0u && memory->dirty == 0u);
  CHECK(!parse_statm("", 4096) && !parse_statm("1 2 3", 4096) && !parse_statm("a b c d e f g", 4096));
}

void status_has_memory_in_bytes() {
  const auto status = parse_process_status(
      "Name:\tVmPeak:\t1 kB\nVmPeak:\t  10480 kB\nVmSize:\t    5 kB\nVmHWM:\t     100 kB\nRssAnon:\t      3 kB\n"
      "RssFile:\t      4 kB\nRssShmem:\t      0 kB\nVmSwap:\t      7 kB\nHugetlbPages:\t 2048 kB\n"
      "Cpus_allowed:\tff\nCpus_allowed_list:\t0-3,8\n");
  const auto& memory = status.memory;
  CHECK(memory.peak_vms == 10480u * 1024 && memory.peak_rss == 100u * 1024 && memory.rss_anon == 3072u);
  CHECK(memory.rss_file == 4096u && memory.rss_shmem == 0u && memory.swap == 7168u && memory.hugetlb == 2u << 20);
  CHECK(status.cpus_allowed == "0-3,8");
  const auto kernel_thread = parse_process_status("Name:\tkthreadd\nUid:\t0\t0\t0\t0\n");
  CHECK(!kernel_thread.memory.peak_rss && !kernel_thread.memory.swap && kernel_thread.cpus_allowed.empty());
  const auto odd = parse_process_status("Name:\tx\nVmHWM:\nVmPeak:\tx kB\nVmSwap:\t18446744073709551615 kB\nRssAnon");
  CHECK(!odd.memory.peak_rss && !odd.memory.peak_vms && !odd.memory.swap && !odd.memory.rss_anon);
}

void environ_is_split_as_psutil_does() {
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  const auto environ = [](std::string_view text) {
    Pairs out{{"left", "over"}};
    parse_environ(text, out);
    return out;
  };
  CHECK((environ("A=1\0B=\0C=x=y\0"sv) == Pairs{{"A", "1"}, {"B", ""}, {"C", "x=y"}}));
  CHECK((environ("A=1\0\0B=2\0"sv) == Pairs{{"A", "1"}}));            // an empty entry ends it
  CHECK((environ("A=1\0B=2"sv) == Pairs{{"A", "1"}}));                // not ended: not an entry
  CHECK((environ("=C:=x\0name\0A=1\0"sv) == Pairs{{"A", "1"}}));      // no name, no value
  CHECK((environ("A=1\0A=2\0"sv) == Pairs{{"A", "1"}, {"A", "2"}}));  // the last one counts on the wire
  CHECK((environ("\xff\n=\xfe\0"sv) == Pairs{{"\xff\n", "\xfe"}}));
  for (const auto text : {""sv, "\0"sv, "\0A=1\0"sv, "A"sv, "="sv}) CHECK(environ(text).empty());
}

void an_ending_process_is_told_from_a_living_one() {
  const auto ended = [](const std::string& state, const std::string& flags) {
    const auto stat = parse_process_stat("1 (x) " + state + " 1 1 1 0 -1 " + flags + " 0 0 0 0 0 0 0 0 20 0 1 0 5");
    CHECK(stat.has_value());
    return stat->has_ended();
  };
  CHECK(!ended("S", "4194304") && ended("Z", "4194304") && ended("R", "4194308") && !ended("I", "2129984"));
}

void schedstat_counts_what_has_run() {
  const auto mark = parse_schedstat("192615204 21579276 705\n");
  CHECK(mark && mark->run_ns == 192615204 && mark->times == 705);
  CHECK(!parse_schedstat("0 0 0\n"));  // the kernel does not count
  CHECK(!parse_schedstat("12 3\n") && !parse_schedstat("") && !parse_schedstat("x 1 2"));
}

}  // namespace

int main() {
  status_has_memory_in_bytes();
  environ_is_split_as_psutil_does();
  an_ending_process_is_told_from_a_living_one();
  stat_survives_names();
  stat_refuses_what_is_no_stat();
  status_cannot_be_forged();
  status_without_values_has_none();
  cmdline_keeps_what_is_an_argument();
  io_passes_over_odd_lines();
  statm_is_in_bytes();
  schedstat_counts_what_has_run();
}
