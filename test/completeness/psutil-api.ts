// SPDX-License-Identifier: Apache-2.0
// The API of psutil 5.6.2 in names: facts, to be compared with hostscope and with a psutil that runs.

/** Functions, each with its arguments. */
export const FUNCTIONS = {
  cpu_times: ["percpu"],
  cpu_percent: ["interval", "percpu"],
  cpu_times_percent: ["interval", "percpu"],
  cpu_count: ["logical"],
  cpu_stats: [],
  cpu_freq: ["percpu"],
  getloadavg: [],
  virtual_memory: [],
  swap_memory: [],
  disk_partitions: ["all"],
  disk_usage: ["path"],
  disk_io_counters: ["perdisk", "nowrap"],
  net_io_counters: ["pernic", "nowrap"],
  net_connections: ["kind"],
  net_if_addrs: [],
  net_if_stats: [],
  sensors_temperatures: ["fahrenheit"],
  sensors_fans: [],
  sensors_battery: [],
  boot_time: [],
  users: [],
  pids: [],
  process_iter: ["attrs", "ad_value"],
  pid_exists: ["pid"],
  wait_procs: ["procs", "timeout", "callback"],
} as const;

/** Functions that only psutil on Windows has. */
export const WINDOWS_FUNCTIONS = { win_service_iter: [], win_service_get: ["name"] } as const;

/** What else can be called: the classes. */
export const CLASSES = { Process: ["pid"], Popen: ["args", "kwargs"] } as const;

/** Methods and attributes of Process, each with its arguments. */
export const PROCESS = {
  oneshot: [],
  pid: [],
  ppid: [],
  name: [],
  exe: [],
  cmdline: [],
  environ: [],
  create_time: [],
  as_dict: ["attrs", "ad_value"],
  parent: [],
  parents: [],
  status: [],
  cwd: [],
  username: [],
  uids: [],
  gids: [],
  terminal: [],
  nice: ["value"],
  ionice: ["ioclass", "value"],
  rlimit: ["resource", "limits"],
  io_counters: [],
  num_ctx_switches: [],
  num_fds: [],
  num_threads: [],
  threads: [],
  cpu_times: [],
  cpu_percent: ["interval"],
  cpu_affinity: ["cpus"],
  cpu_num: [],
  memory_info: [],
  memory_info_ex: [],
  memory_full_info: [],
  memory_percent: ["memtype"],
  memory_maps: ["grouped"],
  children: ["recursive"],
  open_files: [],
  connections: ["kind"],
  is_running: [],
  send_signal: ["sig"], // "signal" in the documentation
  suspend: [],
  resume: [],
  terminate: [],
  kill: [],
  wait: ["timeout"],
} as const;

/** Methods that only psutil on Windows has. */
export const WINDOWS_PROCESS = { num_handles: [] } as const;

/** Methods of the objects that win_service_iter() gives. */
export const WINDOWS_SERVICE = [
  "name",
  "display_name",
  "binpath",
  "username",
  "start_type",
  "pid",
  "status",
  "description",
  "as_dict",
] as const;

/** Exceptions, each with what it carries. */
export const EXCEPTIONS = {
  Error: [],
  NoSuchProcess: ["pid", "name"],
  ZombieProcess: ["pid", "name", "ppid"],
  AccessDenied: ["pid", "name"],
  TimeoutExpired: ["seconds", "pid", "name"],
} as const;

/** What newer psutils have and hostscope has too, each with its arguments. */
export const LATER_PROCESS = {
  net_connections: ["kind"], // 6.0
  memory_footprint: [], // 8.0
  page_faults: [], // 8.0
} as const;

/** What psutil has on Linux and hostscope has not, each with the reason. */
export const NOT_OURS: Readonly<Record<string, string>> = {
  test: "a command line program; hostscope has one of its own",
};
