# SPDX-License-Identifier: Apache-2.0
# Two network namespaces, and a link between them that delays and loses packets: what tc's netem does, which few kernels
# have. In the first, 127.0.0.1 is an address of the link, where a server can listen; in the second, 127.0.0.2 is.
# Prints the descriptors of the namespaces. Each line of input is: delay in ms, jitter in ms, share of packets lost.
import ctypes, fcntl, heapq, os, random, selectors, struct, subprocess, sys, time

CLONE_NEWNET, TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x40000000, 0x400454CA, 1, 0x1000
libc = ctypes.CDLL(None, use_errno=True)


def run(command):
    subprocess.run(command.split(), check=True)


def end_of_link(address, peer):
    """A namespace with nothing but an interface, whose other side is the descriptor."""
    if libc.unshare(CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH", b"link0", IFF_TUN | IFF_NO_PI))
    for where in ("all", "default", "link0"):
        with open(f"/proc/sys/net/ipv4/conf/{where}/route_localnet", "w") as file:
            file.write("1")
        with open(f"/proc/sys/net/ipv4/conf/{where}/rp_filter", "w") as file:
            file.write("0")
    run("ip link set link0 up")
    run(f"ip addr add {address}/32 dev link0")
    run(f"ip route add {peer}/32 dev link0 src {address}")
    return tun, os.open("/proc/self/ns/net", os.O_RDONLY)


first, first_namespace = end_of_link("127.0.0.1", "127.0.0.2")
second, second_namespace = end_of_link("127.0.0.2", "127.0.0.1")
print(first_namespace, second_namespace, flush=True)

random.seed(7)
delay, jitter, loss = 0.0, 0.0, 0.0
waiting, number, typed = [], 0, b""
selector = selectors.DefaultSelector()
for descriptor in (first, second, 0):
    selector.register(descriptor, selectors.EVENT_READ)
os.set_blocking(0, False)
while True:
    timeout = max(0, waiting[0][0] - time.monotonic()) if waiting else None
    for key, _ in selector.select(timeout):
        if key.fd == 0:
            text = os.read(0, 4096)
            if not text:
                sys.exit(0)
            typed += text
            while b"\n" in typed:
                line, typed = typed.split(b"\n", 1)
                delay, jitter, loss = (float(word) for word in line.split())
            continue
        packet = os.read(key.fd, 65536)
        if random.random() < loss:
            continue
        due = time.monotonic() + (delay + random.uniform(-jitter, jitter)) / 1000
        number += 1
        heapq.heappush(waiting, (due, number, second if key.fd == first else first, packet))
    while waiting and waiting[0][0] <= time.monotonic():
        _, _, to, packet = heapq.heappop(waiting)
        try:
            os.write(to, packet)
        except OSError:
            pass  # full, as a network may be
