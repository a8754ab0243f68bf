# SPDX-License-Identifier: Apache-2.0
# Usage: psutil_connections.py LEAST
import sys
import time

import psutil

least = int(sys.argv[1])
print("ready", flush=True)
for _line in sys.stdin:
    start = time.perf_counter()
    rows = psutil.net_connections("inet")
    elapsed = time.perf_counter() - start
    if len(rows) < least:
        sys.exit("only %d sockets" % len(rows))
    print(elapsed * 1000, flush=True)
