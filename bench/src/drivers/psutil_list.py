# SPDX-License-Identifier: Apache-2.0
# Usage: psutil_list.py ATTR,ATTR,... | psutil_list.py all
import sys
import time

import psutil

attrs = sys.argv[1].split(",")


def rows_of_all():
    for process in psutil.process_iter():
        try:
            yield process.as_dict()
        except psutil.NoSuchProcess:
            pass


def rows_of_some():
    return (process.info for process in psutil.process_iter(attrs))


read = rows_of_all if attrs == ["all"] else rows_of_some
print("ready", flush=True)
for _line in sys.stdin:
    start = time.perf_counter()
    rows = list(read())
    elapsed = time.perf_counter() - start
    if len(rows) < 1000:
        sys.exit("only %d processes" % len(rows))
    print(elapsed * 1000, flush=True)
