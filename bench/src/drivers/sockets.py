# SPDX-License-Identifier: Apache-2.0
# Usage: sockets.py PROCESSES. Each holds a listener and a UDP socket. Says "ready" once all do; they end with its stdin.
import ctypes
import os
import signal
import socket
import sys
import time

SECONDS = 900
PR_SET_PDEATHSIG = 1


def hold(report):
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(1)
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagrams.bind(("127.0.0.1", 0))
    os.write(report, b".")
    os.close(report)
    time.sleep(SECONDS)
    os._exit(0)


count = int(sys.argv[1])
reader, writer = os.pipe()
children = []
for _ in range(count):
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        hold(writer)
    children.append(pid)
os.close(writer)
held = 0
while held < count:
    said = len(os.read(reader, 4096))
    if said == 0:
        sys.exit("only %d processes hold sockets" % held)
    held += said
print("ready", flush=True)
sys.stdin.read()
for pid in children:
    os.kill(pid, signal.SIGKILL)
for pid in children:
    os.waitpid(pid, 0)
