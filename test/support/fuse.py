# SPDX-License-Identifier: Apache-2.0
"""What a file system in user space needs, without a library: mounting, and the answers that all of them give."""

import ctypes
import os
import signal
import struct

LOOKUP, FORGET, GETATTR, READLINK, OPEN, READ, STATFS, RELEASE, FLUSH = 1, 2, 3, 5, 14, 15, 17, 18, 25
INIT, OPENDIR, READDIR, RELEASEDIR, INTERRUPT, BATCH_FORGET = 26, 27, 28, 29, 36, 42
WITHOUT_ANSWER = {FORGET, INTERRUPT, BATCH_FORGET}
PR_SET_PDEATHSIG = 1

libc = ctypes.CDLL(None, use_errno=True)


def mount(folder, name):
    """Mounts on a folder; a descriptor that requests are read from."""
    fuse = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={fuse},rootmode=40000,user_id={os.getuid()},group_id={os.getgid()}"
    if libc.mount(name.encode(), folder.encode(), b"fuse." + name.encode(), 0, options.encode()) != 0:
        raise OSError(ctypes.get_errno(), "mount")
    return fuse


def reply(fuse, unique, error=0, body=b""):
    try:
        os.write(fuse, struct.pack("<IiQ", 16 + len(body), -error, unique) + body)
    except OSError:
        pass  # whoever asked is gone


def greeting(request):
    """The answer to INIT."""
    minor = min(31, struct.unpack_from("<II", request, 40)[1])
    return struct.pack("<4I2H2I2H8I", 7, minor, 0, 0, 1, 1, 4096, 1, 1, 0, *[0] * 8)


def become(program, pid_file, serve):
    """Serves in a process of its own, with its pid in a file, and becomes the program: it ends with that at the latest."""
    parent = os.getpid()
    server = os.fork()
    if server == 0:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == parent:
            # Its ends of the program's pipes would keep them open.
            null = os.open(os.devnull, os.O_RDWR)
            for standard in (0, 1):
                os.dup2(null, standard)
            serve()
        os._exit(0)
    with open(pid_file, "w") as file:
        file.write(str(server))
    os.execvp(program[0], program)
