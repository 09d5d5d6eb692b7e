"""Asks the mongod behind a Unix socket whether it is a writable primary, and makes it the only
member of a replica set when it is in none yet. Ends with status 0 once it is a primary; call it
again until then. Debian has no MongoDB shell, and the two commands need no driver.

Usage: replica_set.py SOCKET PORT
"""

import socket
import struct
import sys

OP_MSG = 2013


def bson(document):
    """Encodes the few types the two commands are made of."""
    elements = b""
    for key, value in document.items():
        name = key.encode() + b"\0"
        if isinstance(value, int):
            elements += b"\x10" + name + struct.pack("<i", value)
        elif isinstance(value, str):
            text = value.encode() + b"\0"
            elements += b"\x02" + name + struct.pack("<i", len(text)) + text
        elif isinstance(value, list):
            members = {str(index): member for index, member in enumerate(value)}
            elements += b"\x04" + name + bson(members)
        else:
            elements += b"\x03" + name + bson(value)
    return struct.pack("<i", len(elements) + 5) + elements + b"\0"


def receive(connection, count):
    data = b""
    while len(data) < count:
        chunk = connection.recv(count - len(data))
        if not chunk:
            raise ConnectionError("mongod closed the connection")
        data += chunk
    return data


def run(connection, command):
    """Sends one command and returns the reply's bytes, undecoded."""
    body = struct.pack("<i", 0) + b"\0" + bson({**command, "$db": "admin"})
    connection.sendall(struct.pack("<iiii", len(body) + 16, 1, 0, OP_MSG) + body)
    (length,) = struct.unpack("<i", receive(connection, 4))
    return receive(connection, length - 4)


def main():
    path, port = sys.argv[1], int(sys.argv[2])
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(path)
        hello = run(connection, {"hello": 1})
        if b"\x08isWritablePrimary\0\x01" in hello:
            return 0
        if b"\x02setName\0" not in hello:
            member = {"_id": 0, "host": f"127.0.0.1:{port}"}
            run(connection, {"replSetInitiate": {"_id": "rs0", "members": [member]}})
        return 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError:
        # Not listening yet, or not any more; the caller knows which.
        sys.exit(1)
