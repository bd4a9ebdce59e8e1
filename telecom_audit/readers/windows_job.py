"""A job object, by which Windows bounds the memory of a process."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from typing import ClassVar

_LIMITS = 9  # JobObjectExtendedLimitInformation
_PROCESS_MEMORY = 0x100  # JOB_OBJECT_LIMIT_PROCESS_MEMORY


class _BasicLimits(ctypes.Structure):
    _fields_: ClassVar = [
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    ]


class _Limits(ctypes.Structure):
    _fields_: ClassVar = [
        ("basic", _BasicLimits),
        ("counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    ]


def limit_memory(child: subprocess.Popen[str], most_bytes: int) -> None:
    """Bound the memory of a child; the bound lasts as long as the child does.

    A system that refuses it leaves the child without a bound, as it would be without us.
    """
    if sys.platform != "win32":
        raise NotImplementedError("job objects are a thing of Windows")
    kernel = ctypes.WinDLL("kernel32")
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    limits = _Limits()
    limits.basic.flags = _PROCESS_MEMORY
    limits.process_memory = most_bytes
    handle = ctypes.c_void_p(int(child._handle))  # noqa: SLF001 (the only place that knows it)
    kernel.SetInformationJobObject(job, _LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
    kernel.AssignProcessToJobObject(job, handle)
    kernel.CloseHandle(job)
