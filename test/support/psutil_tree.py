# SPDX-License-Identifier: Apache-2.0
"""Lets psutil, which knows one /sys only, read another tree: on_tree(root, function)."""

import builtins
import glob
import os
from unittest import mock

import psutil

_open, _glob, _listdir = builtins.open, glob.glob, os.listdir


def on_tree(root, function):
    """What function() gives with all below /sys taken from root."""

    def there(path):
        return root + path[len("/sys"):] if str(path).startswith("/sys/") else path

    def back(path):
        return "/sys" + path[len(root):] if path.startswith(root) else path

    with mock.patch.object(builtins, "open", lambda path, *rest, **named: _open(there(path), *rest, **named)), \
            mock.patch.object(glob, "glob", lambda pattern: [back(path) for path in _glob(there(pattern))]), \
            mock.patch.object(os, "listdir", lambda path=".": _listdir(there(path))):
        return function()
