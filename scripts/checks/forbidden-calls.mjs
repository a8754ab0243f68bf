// SPDX-License-Identifier: Apache-2.0

import { isGenerated, isTest } from "../lib/repo-files.mjs";
import { codeLines } from "./code-lines.mjs";

const NATIVE = /^packages\/native\/src\/.*\.(cc|h)$/;
const SCRIPT = /^packages\/(native\/lib|agent\/src|client\/src)\/.*\.ts$/;
const AGENT = /^packages\/agent\/src\/.*\.ts$/;

const RUNS =
  "fork|vfork|popen|system|posix_spawnp?|exec[lv]p?e?|execvpe|fexecve|WinExec|CreateProcess\\w*|ShellExecute\\w*";
/** As a call, and not as a member or the declaration of something of that name. */
const RUN_CALL = new RegExp(`(?:^|[^\\w.>:\\s]|\\breturn|\\bstd::|(?:^|[^\\w>])::)\\s*\\b(?:${RUNS})\\s*\\(`);

const RULES = [
  {
    where: NATIVE,
    what: RUN_CALL,
    why: "starts a program; collectors read the kernel, they run nothing",
  },
  {
    where: NATIVE,
    what: /\b(?:SYS|__NR)_(?:fork|vfork|clone3?|execve|execveat)\b/,
    why: "starts a program; collectors read the kernel, they run nothing",
  },
  {
    where: NATIVE,
    what: /\b(?:__linux__|__linux|_WIN32|_WIN64|__APPLE__|__FreeBSD__|__ANDROID__|__unix__)\b/,
    why: "asks for the OS; binding.gyp picks the backend's folder, nothing else does",
  },
  {
    where: SCRIPT,
    // Process.Popen is the call that starts programs, where a host allows it; nothing else may come to depend on one.
    except: "packages/native/lib/popen/spawn-program.ts",
    what: /["'`](?:node:)?(?:child_process|cluster)["'`]|\bprocess\.(?:binding|dlopen)\b/,
    why: "starts a program; packages that run on hosts run nothing",
  },
  {
    where: AGENT,
    what: /\bRegExp\s*\(/,
    why: "builds a pattern at run time; what comes from a client must never be one",
  },
];

/** Programs, OS switches and patterns made of input, where they have no place. */
export const forbiddenCalls = {
  name: "forbidden calls",
  inspect: (files) =>
    files
      .filter(({ path }) => !isGenerated(path) && !isTest(path))
      .flatMap(({ path, text }) => {
        const rules = RULES.filter(({ where, except }) => where.test(path) && path !== except);
        if (rules.length === 0) return [];
        const lines = codeLines(text);
        return rules.flatMap(({ what, why }) =>
          lines.flatMap((line, at) => (what.test(line) ? [`${path}:${at + 1}: ${why}: ${line.trim()}`] : [])),
        );
      }),
  bad: [
    ["packages/native/src/linux/a.cc", '  FILE* out = popen("ps", "r");'],
    ["packages/native/src/linux/a.cc", "  if (::fork() == 0) return;"],
    ["packages/native/src/linux/a.cc", '  return system("ls");'],
    ["packages/native/src/linux/a.cc", '  std::system("ls");'],
    ["packages/native/src/linux/a.cc", "  foo(); execvp(name, args);"],
    ["packages/native/src/linux/a.cc", "posix_spawn(&pid, path, nullptr, nullptr, argv, envp);"],
    ["packages/native/src/windows/a.cc", "  if (!CreateProcessW(name, line)) return;"],
    ["packages/native/src/linux/a.cc", "  syscall(SYS_clone3, &args, sizeof args);"],
    ["packages/native/src/core/a.h", "#ifdef __linux__"],
    ["packages/native/lib/a.ts", 'import { execFile } from "node:child_process";'],
    ["packages/native/lib/popen/a.ts", 'import { spawn } from "node:child_process";'],
    ["packages/client/src/a.ts", 'const { fork } = await import("child_process");'],
    ["packages/agent/src/a.ts", "const pattern = new RegExp(request.name);"],
  ],
  good: [
    ["packages/native/src/encode/a.cc", "  writer.system(times.system);"],
    ["packages/native/src/model/a.h", "  double system() const;"],
    ["packages/native/src/linux/a.cc", '// popen() and system("x") would fork\n/* fork(\n fork() */'],
    ["packages/native/src/linux/a.cc", '  message = "fork() failed";'],
    ["packages/native/src/linux/a_test.cc", "  const pid_t child = fork();"],
    ["packages/agent/src/a.ts", "const match = /x/.exec(text); // new RegExp(text) would be wrong"],
    ["packages/agent/src/a.spec.ts", 'import { spawn } from "node:child_process";'],
    ["packages/native/lib/popen/spawn-program.ts", 'import { spawn } from "node:child_process";'],
    ["packages/cli/src/a.ts", 'import { spawn } from "node:child_process";'],
  ],
};
