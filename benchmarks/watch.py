"""Run a command and tell, as JSON, what it took; the arguments are PATIENCE COMMAND…."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time


def main() -> None:
    """Run, wait for at most PATIENCE seconds (0: as long as it takes), tell."""
    patience = float(sys.argv[1]) or None
    started = time.monotonic()
    process = subprocess.Popen(sys.argv[2:], stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - what the benchmark asks
    try:
        finished = process.wait(patience) == 0
    except subprocess.TimeoutExpired:
        finished = False
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    wall = time.monotonic() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    print(json.dumps({"wall": wall, "cpu": cpu, "memory": memory, "finished": finished}))


if __name__ == "__main__":
    main()
