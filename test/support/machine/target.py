# SPDX-License-Identifier: Apache-2.0
"""A program that tests look at and act on, as windows_target.cc is on Windows: the same options, the same orders.

Options: --memory BYTES, --threads N, --open PATH (to read; again for more), --children 3,2 (three, each with two).
Everything else is ignored, and so marks it. When it is ready it prints one line of JSON, what it knows of itself.
Orders, one a line: "exit CODE", "spin MS" (prints a line when done). It ends with its standard input.
"""

import json
import os
import subprocess
import sys
import threading
import time


def start_child(shape):
    more = ["--children", shape] if shape else []
    # Kept, with its pipes: their end is the child's end.
    child = subprocess.Popen([sys.executable, __file__, *more], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    kept.append(child)
    return json.loads(child.stdout.readline())


def spin(milliseconds):
    end = time.process_time() + milliseconds / 1000
    while time.process_time() < end:
        pass
    print("done", flush=True)


kept, children = [], []
arguments = sys.argv[1:]
for option, value in zip(arguments, arguments[1:]):
    if option == "--memory":
        kept.append(bytearray(b"x") * int(value))
    if option == "--threads":
        for _ in range(int(value)):
            threading.Thread(target=threading.Event().wait, daemon=True).start()
    if option == "--open":
        kept.append(open(value, "rb"))
    if option == "--children":
        count, _, rest = value.partition(",")
        children = [start_child(rest) for _ in range(int(count))]
own = {
    "pid": os.getpid(),
    "exe": os.readlink("/proc/self/exe"),
    "cmdline": sys.orig_argv,
    "cwd": os.getcwd(),
    "environ": {os.fsdecode(k): os.fsdecode(v) for k, v in os.environb.items()},
    "children": children,
}
print(json.dumps(own), flush=True)
for order in sys.stdin:
    what, number = order.split()
    if what == "exit":
        os._exit(int(number) & 255)
    if what == "spin":
        spin(int(number))
os._exit(0)
