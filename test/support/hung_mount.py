# SPDX-License-Identifier: Apache-2.0
"""Mounts a file system whose server answers nothing, then becomes another program.

usage: hung_mount.py MOUNTPOINT PIDFILE PROGRAM [ARGUMENT...]

Run it in a mount namespace of its own. The server is a process of its own, with its pid in PIDFILE: SIGUSR1 makes it
answer statfs, also what was asked before; its end makes every request fail. It ends with the program at the latest.
"""

import ctypes
import os
import signal
import struct
import sys

INIT, STATFS = 26, 17
WITHOUT_ANSWER = {2, 36, 42}  # FORGET, INTERRUPT, BATCH_FORGET
ENOSYS = 38
PR_SET_PDEATHSIG = 1

libc = ctypes.CDLL(None, use_errno=True)


def mount(fuse, folder):
    options = f"fd={fuse},rootmode=40000,user_id={os.getuid()},group_id={os.getgid()}"
    if libc.mount(b"hung", folder.encode(), b"fuse.hung", 0, options.encode()) != 0:
        raise OSError(ctypes.get_errno(), "mount")


def reply(fuse, unique, error=0, body=b""):
    try:
        os.write(fuse, struct.pack("<IiQ", 16 + len(body), -error, unique) + body)
    except OSError:
        pass  # whoever asked is gone


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
            minor = min(31, struct.unpack_from("<II", request, 40)[1])
            reply(fuse, unique, body=struct.pack("<4I2H2I2H8I", 7, minor, 0, 0, 1, 1, 4096, 1, 1, 0, *[0] * 8))
        elif opcode in WITHOUT_ANSWER:
            pass
        elif answers:
            answer(unique, opcode)
        else:
            waiting.append((unique, opcode))


def main(folder, pid_file, *program):
    fuse = os.open("/dev/fuse", os.O_RDWR)
    mount(fuse, folder)
    parent = os.getpid()
    server = os.fork()
    if server == 0:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == parent:
            # Its ends of the program's pipes would keep them open.
            null = os.open(os.devnull, os.O_RDWR)
            for standard in (0, 1):
                os.dup2(null, standard)
            serve(fuse)
        os._exit(0)
    with open(pid_file, "w") as file:
        file.write(str(server))
    os.execvp(program[0], program)


main(*sys.argv[1:])
