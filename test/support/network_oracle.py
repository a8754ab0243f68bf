# SPDX-License-Identifier: Apache-2.0
"""Prints psutil's network interfaces as one line of JSON. Texts stand for the constants, which differ between systems."""

import json
import socket

import psutil

FAMILIES = {socket.AF_INET: "AF_INET", socket.AF_INET6: "AF_INET6", psutil.AF_LINK: "AF_LINK"}
DUPLEX = {psutil.NIC_DUPLEX_FULL: "full", psutil.NIC_DUPLEX_HALF: "half", psutil.NIC_DUPLEX_UNKNOWN: None}


def address(entry):
    return {**entry._asdict(), "family": FAMILIES[entry.family]}


def state(entry):
    flags = entry.flags.split(",") if entry.flags else []
    return {**entry._asdict(), "duplex": DUPLEX[entry.duplex], "speed": entry.speed or None, "flags": flags}


print(
    json.dumps(
        {
            "addrs": {name: [address(entry) for entry in entries] for name, entries in psutil.net_if_addrs().items()},
            "stats": {name: state(entry) for name, entry in psutil.net_if_stats().items()},
            "traffic": {name: entry._asdict() for name, entry in psutil.net_io_counters(pernic=True).items()},
        }
    )
)
