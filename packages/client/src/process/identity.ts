// SPDX-License-Identifier: Apache-2.0

import type { CallOptions } from "../call-options.ts";
import type { ProcessCgroup, ProcessIds, ProcessStatus } from "../gen/hostscope/v1/process_values_plain.ts";
import { ProcessReader } from "./reader.ts";

/** psutil's getters of what a process is. */
export abstract class ProcessIdentity extends ProcessReader {
  /** Pid of the parent; 0 if none is visible. Changes when the parent ends (not on Windows). */
  ppid(options?: CallOptions): Promise<number> {
    return this.read("ppid", options);
  }

  /** Program name. Linux: completed from the command line if the kernel cut it at 15 bytes. */
  name(options?: CallOptions): Promise<string> {
    return this.read("name", options);
  }

  /** Absolute path of the executable; "" for kernel threads. */
  exe(options?: CallOptions): Promise<string> {
    return this.read("exe", options);
  }

  /** Arguments, program first; empty for kernel threads. */
  cmdline(options?: CallOptions): Promise<string[]> {
    return this.read("cmdline", options);
  }

  /** Environment at its start; empty for kernel threads. Its later changes are not in it. */
  environ(options?: CallOptions): Promise<Record<string, string>> {
    return this.read("environ", options);
  }

  /** Working directory. */
  cwd(options?: CallOptions): Promise<string> {
    return this.read("cwd", options);
  }

  /** Start, seconds since the epoch. Shifts when the host's clock is set; `ref` is what identifies a process. */
  createTime(options?: CallOptions): Promise<number> {
    return this.read("createTime", options);
  }

  /** Scheduler state, one of the STATUS_* constants. */
  status(options?: CallOptions): Promise<ProcessStatus> {
    return this.read("status", options);
  }

  /** Name of the real user; the number as text if it has no name. Windows: DOMAIN\user. */
  username(options?: CallOptions): Promise<string> {
    return this.read("username", options);
  }

  /** Real, effective and saved user ids. Not on Windows. */
  uids(options?: CallOptions): Promise<ProcessIds> {
    return this.read("uids", options);
  }

  /** Real, effective and saved group ids. Not on Windows. */
  gids(options?: CallOptions): Promise<ProcessIds> {
    return this.read("gids", options);
  }

  /** Controlling terminal, e.g. "/dev/pts/3"; null without one. Not on Windows. */
  terminal(options?: CallOptions): Promise<string | null> {
    return this.read("terminal", options);
  }

  /** Control group, and the container and service manager unit that it stands for; null outside of any. Linux. */
  cgroup(options?: CallOptions): Promise<ProcessCgroup | null> {
    return this.read("cgroup", options);
  }
}
