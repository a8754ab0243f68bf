# SPDX-License-Identifier: Apache-2.0
# Usage: psutil_list.py ATTR,ATTR,...
import sys
import time

import psutil

attrs = sys.argv[1].split(",")
print("ready", flush=True)
for _line in sys.stdin:
    start = time.perf_counter()
    rows = [process.info for process in psutil.process_iter(attrs)]
    elapsed = time.perf_counter() - start
    if len(rows) < 1000:
        sys.exit("only %d processes" % len(rows))
    print(elapsed * 1000, flush=True)
