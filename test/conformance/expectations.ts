// SPDX-License-Identifier: Apache-2.0
// What of this folder is otherwise on Windows than on Linux: everything that is not named here passes there unchanged. A
// name that no suite or test has fails the run, and so does a test that passes although it is said here that it cannot.

/** Why a suite or test is not for Windows as it is. */
export type Difference =
  /** It is about what Linux alone has, or looks at it by Linux's means; not run. */
  | { readonly linuxOnly: string }
  /** Windows has it and Wine has not: it is run, and must fail. */
  | { readonly wineLacks: string };

const linuxOnly = (what: string): Difference => ({ linuxOnly: what });
const wineLacks = (what: string): Difference => ({ wineLacks: what });

/** By file, then by title: a suite's, or "suite: test". Titles of suites are without the way that a host is reached. */
export const DIFFERENCES: Readonly<Record<string, Readonly<Record<string, Difference>>>> = {
  "as-dict.spec.ts": {
    "asDict and its recipes: asDict() has psutil's names, and those of psutil 8 that this platform has":
      linuxOnly("psutil on Linux says which"),
  },
  "disks.spec.ts": {
    "Disks: diskPartitions of all file systems are psutil's, in its order": linuxOnly("mounts, not drives"),
    "Disks: diskPartitions of those on devices are psutil's, in its order": linuxOnly("mounts, not drives"),
    "Disks: diskPartitions are what findmnt lists": linuxOnly("mounts, not drives"),
    "Disks: diskUsage is psutil's on every mount": linuxOnly("mounts, not drives"),
    "Disks: diskUsage is what df shows of inodes": linuxOnly("inodes"),
    "Disks: diskUsage refuses odd paths of Linux": linuxOnly("paths of Linux"),
    "Disks: diskIoCounters of each disk count between two of psutil's readings": wineLacks("no drive counts"),
    "Disks: diskIoCounters of all disks count between two of psutil's readings": wineLacks("no drive counts"),
  },
  "host.spec.ts": {
    "The host itself: hostInfo has the kernel's version as uname gives it": linuxOnly("uname"),
    "The host itself: hostInfo has the distribution's name and version as Python reads os-release":
      linuxOnly("distributions"),
    "The host itself: hostInfo knows as what the host booted": linuxOnly("the kernel's boot id"),
    "The host itself: hostInfo has the kernel's constants": linuxOnly("clock ticks and the greatest pid"),
    "The host itself: hostInfo has every signal once, by number and by the name that kill prints": linuxOnly("signals"),
    "The host itself: sensors are psutil's, of which most virtual machines have none": linuxOnly("hwmon"),
  },
  "kill-tree.spec.ts": {
    "A tree of processes on Linux": linuxOnly("forks, sessions and signals that are ignored"),
  },
  "limits.spec.ts": {
    "Limits and pressure": linuxOnly("control groups and pressure"),
  },
  "misleading-processes.spec.ts": {
    "Processes made to mislead: a name that closes the parenthesis early stays a name": linuxOnly("renaming oneself"),
    "Processes made to mislead: a name that has a newline stays a name": linuxOnly("renaming oneself"),
    "Processes made to mislead: a name that forges a status line stays a name": linuxOnly("renaming oneself"),
    "Processes made to mislead: a name that is not UTF-8 stays a name": linuxOnly("renaming oneself"),
    "Processes made to mislead: a zombie is a process with a status, and without a command line": linuxOnly("zombies"),
    "Processes made to mislead: a kernel thread has a name, and neither program nor arguments":
      linuxOnly("kernel threads"),
    "Processes made to mislead: a thread's id is accepted as psutil does, and is not a pid": linuxOnly(
      "threads that pass for processes",
    ),
  },
  "net-connections.spec.ts": {
    "Sockets and their holders": linuxOnly(
      "descriptors, UNIX sockets and namespaces; Wine knows no holder of a socket",
    ),
  },
  "network-namespace.spec.ts": {
    "Interfaces of a network namespace": linuxOnly("network namespaces"),
  },
  "network.spec.ts": {
    "Network interfaces: netIfAddrs are psutil's": linuxOnly("Windows has a broadcast address for each network"),
    "Network interfaces: netIfAddrs are what ip shows, IPv4 before IPv6 before hardware": linuxOnly(
      "Windows has no hardware address of the loopback",
    ),
    "Network interfaces: netIfStats are psutil's": linuxOnly("flags of interfaces"),
  },
  "open-files.spec.ts": {
    "Open files of a process against psutil": linuxOnly("descriptors, their positions and flags"),
  },
  "popen.spec.ts": {
    Popen: linuxOnly("programs of Linux; those of Windows are started by windows/popen.spec.ts"),
    "Popen that is not allowed": linuxOnly("not tried on Windows, where popen is the same but for programs"),
  },
  "process-details.spec.ts": {
    "Details of a process on Linux": linuxOnly("exec, descriptors, and what the kernel tells in /proc"),
  },
  "process-family.spec.ts": {
    "Families of processes against psutil": linuxOnly("forks, zombies and orphans"),
  },
  "process-memory.spec.ts": {
    "Memory of a process on Linux": linuxOnly("the kernel's smaps"),
    "A process with 50,000 mapped regions": linuxOnly("mprotect of single pages"),
  },
  "process-outcomes.spec.ts": {
    "The table of outcomes": linuxOnly("files of /proc"),
    "Outcomes of all attributes": linuxOnly("zombies and kernel threads"),
    "Outcomes of another user's process": linuxOnly("setuid"),
    "Outcomes of a process one of whose files keeps its reader waiting": linuxOnly("files of /proc"),
  },
  "process-rlimit.spec.ts": {
    "Resource limits against psutil": linuxOnly("resource limits"),
  },
  "process-settings.spec.ts": {
    "Settings of a process on Linux": linuxOnly("settings of single threads, and resource limits"),
  },
  "process-signals.spec.ts": {
    Signals: linuxOnly("signals"),
  },
  "process.spec.ts": {
    "Process: users, groups and terminal are psutil's": linuxOnly("numbered users and groups"),
    "Process: a process on a terminal has the name of what it reads from": linuxOnly("terminals"),
    "Process: pageFaults are the kernel's count": linuxOnly("the kernel's stat"),
    "Process: memoryPercent is psutil's": linuxOnly("psutil on Linux says it"),
    "Process: counters are the same, those that move within a moment": wineLacks(
      "it counts neither switches nor input and output",
    ),
    "Process: cpuNum is the CPU that a process is kept on while it spins": linuxOnly(
      "the CPU that a process ran on last",
    ),
  },
  "signal-preview.spec.ts": {
    "A preview of a signal": linuxOnly("signals that are counted"),
  },
  "system.spec.ts": {
    "System: cpuStats count between two of psutil's readings": wineLacks("it counts neither interrupts nor switches"),
    "System: getloadavg is the kernel's": linuxOnly("the load average"),
    "System: swapMemory is psutil's": wineLacks("page files"),
  },
  "users.spec.ts": {
    "Users against psutil": linuxOnly("utmp"),
    "Users of a host that somebody logged in to": linuxOnly("utmp"),
  },
  "wait.spec.ts": {
    "Waiting for processes that a parent collects, or does not": linuxOnly("signals and zombies"),
  },
  "watch-idle.spec.ts": {
    "Watching a process that does nothing": linuxOnly("exec and renaming oneself"),
  },
  "watch.spec.ts": {
    "Watching a host: tells sensors of any kind": linuxOnly("hwmon"),
    "Watching a host: tells the metrics that not every system has": wineLacks(
      "switches, page files and drives that count",
    ),
    "Watching a host: tells the exit code of processes that others started and collected":
      linuxOnly("signals and zombies"),
  },
};
