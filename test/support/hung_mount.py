# SPDX-License-Identifier: Apache-2.0
"""Mounts a file system whose server answers nothing, then becomes another program.

usage: hung_mount.py MOUNTPOINT PIDFILE PROGRAM [ARGUMENT...]

Run it in a mount namespace of its own. The server is a process of its own, with its pid in PIDFILE: SIGUSR1 makes it
answer statfs, also what was asked before; its end makes every request fail. It ends with the program at the latest.
"""

import os
import signal
import struct
import sys

from fuse import INIT, STATFS, WITHOUT_ANSWER, become, greeting, mount, reply

ENOSYS = 38


def space():
    blocks, free, available, files, files_free = 1000, 400, 350, 50, 40
    block_size, name_length, fragment_size = 4096, 255, 512
    return struct.pack("<5Q4I24x", blocks, free, available, files, files_free, block_size, name_length, fragment_size, 0)


def serve(fuse):
    waiting = []
    answers = False

    def answer(unique, opcode):
        if opcode == STATFS:
            reply(fuse, unique, body=space())
        else:
            reply(fuse, unique, ENOSYS)

    def begin(*_):
        nonlocal answers
        answers = True
        while waiting:
            answer(*waiting.pop())

    signal.signal(signal.SIGUSR1, begin)
    while True:
        try:
            request = os.read(fuse, 1 << 17)
        except OSError:
            return  # unmounted
        _, opcode, unique = struct.unpack_from("<IIQ", request)
        if opcode == INIT:
            reply(fuse, unique, body=greeting(request))
        elif opcode in WITHOUT_ANSWER:
            pass
        elif answers:
            answer(unique, opcode)
        else:
            waiting.append((unique, opcode))


def main(folder, pid_file, *program):
    fuse = mount(folder, "hung")
    become(program, pid_file, lambda: serve(fuse))


main(*sys.argv[1:])
