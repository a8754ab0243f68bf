# SPDX-License-Identifier: Apache-2.0
"""Mounts a procfs whose processes are made up, then becomes another program.

usage: scripted_host.py MOUNTPOINT PIDFILE LOG SECONDS SEED PROGRAM [ARGUMENT...]

Run it in a mount namespace of its own. As in the real one, what belongs to a process that has ended fails, also through
what was opened before, and each read sees one moment. From SIGUSR1 on to the server, whose pid is in PIDFILE, processes
start, change, exec and end for so many seconds, some with the pid of one that has just ended; each event is a line of
the LOG, written when it is so, and the last line is {"over": true}.
"""

import errno
import heapq
import json
import os
import random
import select
import signal
import stat
import struct
import sys
import time

import fuse as F

PIDS = range(100, 170)
PROCESS_FILES = ["stat", "status", "statm", "cmdline", "environ", "schedstat", "exe"]
HOST_FILES = {
    "stat": b"cpu  100 0 100 1000 0 0 0 0 0 0\ncpu0 100 0 100 1000 0 0 0 0 0 0\nctxt 1\nbtime 1700000000\n",
    "meminfo": b"MemTotal: 1000000 kB\nMemFree: 500000 kB\nMemAvailable: 600000 kB\n",
}
NODES_EACH = 16  # the directory is the first, its files follow
ENVIRON = b"FILLER=" + b"x" * 2000 + b"\0"  # so much that slow readers cannot follow


class Process:
    """One process of the script, as it is now."""

    count = 0

    def __init__(self, pid, start, name):
        Process.count += 1
        self.node = Process.count * NODES_EACH
        self.pid, self.start, self.name = pid, start, name
        self.state, self.user, self.rss, self.runs = "S", 0, 10, 1
        self.alive = True

    def file(self, name):
        if name == "stat":
            times = f"{self.user} 0 0 0 20 0 1 0 {self.start} 1000 {self.rss}"
            fields = f"{self.state} 1 {self.pid} {self.pid} 0 -1 4194304 1 0 2 0 {times}"
            return f"{self.pid} ({self.name}) {fields} 0 0 0 0 0 0 0 0 0 0 0 0 0 17 3 0 0 0 0 0\n".encode()
        if name == "status":
            ids = "Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\n"
            switches = f"voluntary_ctxt_switches:\t{self.runs}\nnonvoluntary_ctxt_switches:\t6\n"
            return f"Name:\t{self.name}\nTgid:\t{self.pid}\n{ids}{switches}".encode()
        if name == "statm":
            return f"{self.rss + 10} {self.rss} 3 2 0 4 0\n".encode()
        if name == "schedstat":
            return f"{self.runs}000 1 {self.runs}\n".encode()
        if name == "environ":
            return ENVIRON
        return f"/bin/{self.name}\0--pid\0{self.pid}\0".encode() if name == "cmdline" else f"/bin/{self.name}".encode()


class Script:
    """What happens when, decided by chance."""

    def __init__(self, log, seconds, seed):
        self.log, self.seconds = log, seconds
        self.random = random.Random(seed)
        self.table = {1: Process(1, 1, "init")}
        self.due = []  # time, number, what
        self.number = 0
        self.end = None
        self.marks = {}  # the last start mark of each pid

    def begin(self):
        self.end = time.monotonic() + self.seconds
        for at in range(30):
            self.at(at * 0.01, self.birth)

    def at(self, seconds, what):
        self.number += 1
        heapq.heappush(self.due, (time.monotonic() + seconds, self.number, what))

    def tell(self, process, event):
        told = {"at": time.time(), "event": event, "pid": process.pid, "start": process.start, "name": process.name}
        print(json.dumps({**told, "rss": process.rss * 4096, "user": process.user / 100}), file=self.log, flush=True)

    def birth(self, pid=None):
        if time.monotonic() > self.end:
            return
        if pid is None:
            pid = self.random.choice([each for each in PIDS if each not in self.table])
        now = int(time.clock_gettime(time.CLOCK_BOOTTIME) * 100)
        start = self.marks[pid] = max(now, self.marks.get(pid, 0) + 1)
        process = self.table[pid] = Process(pid, start, f"w-{self.random.randrange(1000)}")
        process.rss = self.random.randrange(1, 500)
        self.tell(process, "start")
        life = self.random.uniform(*self.random.choice([(0, 0.9), (0.9, 3), (0.9, 3), (3, 6)]))
        when = self.random.uniform(0, 0.5)
        while when < life:
            self.at(when, lambda: self.change(process))
            when += self.random.uniform(0.1, 1)
        if self.random.random() < 0.2:
            self.at(life, lambda: self.change(process, zombie=True))
            life += 0.5
        self.at(life, lambda: self.death(process))

    def change(self, process, zombie=False):
        process.runs += 1
        if zombie:
            process.state, process.rss = "Z", 0
        elif self.random.random() < 0.3:
            process.name = f"w-{self.random.randrange(1000)}"  # an exec: pid and start mark stay
        else:
            process.user += self.random.randrange(1, 20)
            process.rss = self.random.randrange(1, 500)
        self.tell(process, "change")

    def death(self, process):
        process.alive = False
        del self.table[process.pid]
        self.tell(process, "end")
        if self.random.random() < 0.4:
            self.birth(process.pid)
        else:
            self.at(self.random.uniform(0, 0.3), self.birth)

    def go_on(self):
        """Lets happen what is due; seconds until the next event, None if there is none."""
        while self.due and self.due[0][0] <= time.monotonic():
            heapq.heappop(self.due)[2]()
        if self.due:
            return max(0, self.due[0][0] - time.monotonic())
        if self.end is not None and not self.log.closed:
            print(json.dumps({"over": True}), file=self.log)
            self.log.close()
        return None


class Server:
    def __init__(self, fuse, script):
        self.fuse, self.script = fuse, script
        self.nodes = {1: (None, "")}  # process or None, name
        self.listings = {}
        self.opened = 1

    def attributes(self, node):
        process, name = self.nodes[node]
        is_folder = name == ""
        kind = stat.S_IFDIR | 0o555 if is_folder else stat.S_IFLNK | 0o777 if name == "exe" else stat.S_IFREG | 0o444
        return struct.pack("<6Q10I", node, 0, 0, 0, 0, 0, 0, 0, 0, kind, 2 if is_folder else 1, 0, 0, 0, 4096, 0)

    def text(self, node):
        process, name = self.nodes[node]
        if process is None:
            return HOST_FILES[name]
        return process.file(name) if process.alive else None

    def child(self, node, name):
        process, of = self.nodes[node]
        if of != "" or (process is not None and not process.alive):
            return None
        if process is not None:
            if name not in PROCESS_FILES:
                return None
            found, entry = process.node + 1 + PROCESS_FILES.index(name), (process, name)
        elif name.isdecimal() and int(name) in self.script.table:
            inner = self.script.table[int(name)]
            found, entry = inner.node, (inner, "")
        elif name in HOST_FILES:
            found, entry = 2 + list(HOST_FILES).index(name), (None, name)
        else:
            return None
        self.nodes[found] = entry
        return found

    def listing(self, node):
        process, _ = self.nodes[node]
        if process is None:
            return [(str(pid), stat.S_IFDIR) for pid in sorted(self.script.table)]
        return [(name, stat.S_IFREG) for name in PROCESS_FILES] if process.alive else []

    def entries(self, handle, node, offset, size):
        # As the kernel does, pids are listed as they are when the listing begins.
        if offset == 0:
            self.listings[handle] = self.listing(node)
        body = b""
        for at, (name, kind) in list(enumerate(self.listings.get(handle, [])))[offset:]:
            entry = struct.pack("<QQII", at + 1000, at + 1, len(name), kind >> 12) + name.encode()
            entry += b"\0" * (-len(entry) % 8)
            if len(body) + len(entry) > size:
                break
            body += entry
        return body

    def answer(self, opcode, node, body):
        """Error and bytes."""
        if opcode == F.LOOKUP:
            found = self.child(node, body.split(b"\0")[0].decode())
            if found is None:
                return errno.ENOENT, b""
            return 0, struct.pack("<4Q2I", found, 0, 0, 0, 0, 0) + self.attributes(found)
        if opcode == F.GETATTR:
            return 0, struct.pack("<QII", 0, 0, 0) + self.attributes(node)
        if opcode in (F.OPEN, F.OPENDIR):
            self.opened += 1
            return 0, struct.pack("<QII", self.opened, 1, 0)  # read here each time, never from a cache
        if opcode in (F.RELEASE, F.RELEASEDIR):
            self.listings.pop(struct.unpack_from("<Q", body)[0], None)
            return 0, b""
        if opcode == F.READDIR:
            handle, offset, size = struct.unpack_from("<QQI", body)
            return 0, self.entries(handle, node, offset, size)
        if opcode in (F.READ, F.READLINK):
            text = self.text(node)
            if text is None:
                return errno.ESRCH, b""
            if opcode == F.READLINK:
                return 0, text
            _, offset, size = struct.unpack_from("<QQI", body)
            return 0, text[offset : offset + size]
        return (0, b"") if opcode == F.FLUSH else (errno.ENOSYS, b"")

    def run(self):
        signal.signal(signal.SIGUSR1, lambda *_: self.script.begin())
        while True:
            # A signal that comes between is seen at the next look.
            wait = self.script.go_on()
            if not select.select([self.fuse], [], [], 0.05 if wait is None else min(wait, 0.05))[0]:
                continue
            try:
                request = os.read(self.fuse, 1 << 17)
            except OSError as error:
                if error.errno in (errno.EINTR, errno.ENOENT, errno.EAGAIN):
                    continue
                return  # unmounted
            self.script.go_on()
            _, opcode, unique, node = struct.unpack_from("<IIQQ", request)
            if opcode == F.INIT:
                F.reply(self.fuse, unique, body=F.greeting(request))
            elif opcode not in F.WITHOUT_ANSWER:
                F.reply(self.fuse, unique, *self.answer(opcode, node, request[40:]))


def main(folder, pid_file, log, seconds, seed, *program):
    fuse = F.mount(folder, "scripted")
    F.become(program, pid_file, lambda: Server(fuse, Script(open(log, "w"), float(seconds), int(seed))).run())


main(*sys.argv[1:])
