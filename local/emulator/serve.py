"""Serves the emulator until standard input closes, then ends the whole process group.

The parent keeps our standard input open. However the parent dies, the pipe closes, and neither the
emulator nor the function processes that it started stay behind.
"""

import asyncio
import os
import signal
import sys
import threading
import time

from hypercorn.__main__ import main

# Writing down what is kept may take longer.
STOP_GRACE_SECONDS = float(os.environ.get("STOP_GRACE_SECONDS", "3"))


def stay_on_loopback() -> None:
    """The MQTT listener asks for every interface of the machine; a local city is nobody else's business."""
    create_server = asyncio.base_events.BaseEventLoop.create_server

    def on_loopback(self, factory, host=None, port=None, **options):
        return create_server(self, factory, "127.0.0.1" if host == "0.0.0.0" else host, port, **options)

    asyncio.base_events.BaseEventLoop.create_server = on_loopback


def end_group() -> None:
    os.killpg(os.getpgrp(), signal.SIGKILL)


def follow_parent() -> None:
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_GRACE_SECONDS)
    end_group()


if __name__ == "__main__":
    if os.getpgrp() != os.getpid():
        os.setpgid(0, 0)
    stay_on_loopback()
    threading.Thread(target=follow_parent, daemon=True).start()
    try:
        main(sys.argv[1:])
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        end_group()
