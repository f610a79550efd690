"""A store that speaks S3 on loopback: moto's server, in this process."""

from collections.abc import Iterator
from contextlib import contextmanager

import s3fs
from moto.server import ThreadedMotoServer

NAMES = {
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@contextmanager
def started_store() -> Iterator[str]:
    """Its address. s3fs remembers by its arguments whom it speaks to, and the address of an earlier store is none."""
    s3fs.S3FileSystem.clear_instance_cache()
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()
