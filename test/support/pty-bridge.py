# SPDX-License-Identifier: Apache-2.0
"""Runs a program in a terminal of its own: pty-bridge.py COLUMNS ROWS PROGRAM ARG...

stdin: keys typed. stdout: what the program draws. Descriptor 3: lines "resize COLUMNS ROWS" or "signal NUMBER".
Ends with the program's exit code, 128 plus the number of the signal that ended it, or 120 if the program left the
terminal in another mode than it found it in.
"""
import fcntl
import os
import select
import struct
import subprocess
import sys
import termios


def resize(terminal, columns, rows):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", int(rows), int(columns), 0, 0))


def own_terminal():
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


master, slave = os.openpty()
resize(slave, sys.argv[1], sys.argv[2])
before = termios.tcgetattr(slave)
program = subprocess.Popen(sys.argv[3:], stdin=slave, stdout=slave, stderr=slave, preexec_fn=own_terminal)
sources = [master, 0, 3]
while True:
    ended = program.poll() is not None
    ready = select.select(sources, [], [], 0.02)[0]
    for source in ready:
        data = os.read(source, 65536)
        if source == master:
            os.write(1, data)
        elif not data:
            sources.remove(source)
        elif source == 0:
            os.write(master, data)
        else:
            for line in data.decode().splitlines():
                verb, *arguments = line.split()
                if verb == "resize":
                    resize(master, *arguments)
                else:
                    program.send_signal(int(arguments[0]))
    if ended and master not in ready:
        break
if termios.tcgetattr(slave) != before:
    sys.exit(120)
sys.exit(program.returncode if program.returncode >= 0 else 128 - program.returncode)
