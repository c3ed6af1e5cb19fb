"""A USB bus of the tests, by umockdev: plays usbfs of Linux for programs that run under its wrapper.

  umockdev-wrapper python3 usb_bus.py PROGRAM ARGUMENTS...

The program finds the number of a port on loopback in USB_BUS and gives orders there, one JSON object
a line, each answered by one:

  {"do": "plug", "name": "1-2", "device": 5, "vendor": "0400", "product": "c35a", "serial": "A1",
   "class": 255, "interface": 0, "endpoints": [[2, 129], [6, 133]], "port": 40001}
  {"do": "unplug", "name": "1-2"}
  {"do": "set", "name": "1-2", "busy": true, "deaf": true, "stalled": true, "unplug_after": 3}
  {"do": "state", "name": "1-2"}  ->  {"claimed": 0, "driver": true, "urbs": 0}

What is written to the device goes to the TCP port, and what comes from there is read from the device:
in packets of 64 bytes, of which a short one ends a transfer. With two pairs of endpoints the first
seven bytes of each frame, of which the last two count the rest, go through the first pair.
"""

import errno
import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time

import gi

gi.require_version("UMockdev", "1.0")
from gi.repository import UMockdev  # noqa: E402

PCI = "/devices/pci0000:00/0000:00:14.0"
PACKET = 64
HEAD = 7
URB = struct.Struct("=BBxxiIxxxxQiiiiiIQ")  # usbdevfs_urb of 64-bit Linux, without what is isochronous
assert URB.size == 56

CONTROL, SETINTERFACE, SETCONFIGURATION = 0xC0185500, 0x80085504, 0x80045505
SUBMIT, DISCARD, REAP, REAP_NOW = 0x8038550A, 0x550B, 0x4008550C, 0x4008550D
CLAIM, RELEASE, DRIVER, CLEAR_HALT = 0x8004550F, 0x80045510, 0xC0105512, 0x80045515
CAPABILITIES, DETACH_AND_CLAIM = 0x8004551A, 0x8108551B
CONNECT_DRIVER = 0x5517
CAN_DETACH_AND_CLAIM = 0x20


class Device(UMockdev.IoctlBase):
    """A device and its endpoints."""

    __gtype_name__ = "DoorstepUsbDevice"

    def __init__(self, order):
        super().__init__()
        self.lock = threading.RLock()
        self.order = order
        self.pairs = [tuple(pair) for pair in order["endpoints"]]
        self.coming = {pair[1]: [] for pair in self.pairs}  # packets by endpoint
        self.pending = []
        self.claimed = 0
        self.driver = True
        self.gone = False
        self.busy = self.deaf = self.stalled = False
        self.unplug_after = None
        self.unplug = lambda: None
        self.line = socket.socket()
        if not order["port"]:
            return  # a hub
        self.line.connect(("127.0.0.1", order["port"]))
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        with self.line:
            self.pump()

    def pump(self):
        frames = b""
        while True:
            try:
                came = self.line.recv(65536)
            except OSError:
                return
            if not came:
                return
            with self.lock:
                if len(self.pairs) == 1:
                    self.packets(self.pairs[0][1], came)
                    continue
                frames += came
                while len(frames) >= HEAD:
                    end = HEAD + (frames[HEAD - 2] << 8 | frames[HEAD - 1])
                    if len(frames) < end:
                        break
                    self.packets(self.pairs[0][1], frames[:HEAD])
                    self.packets(self.pairs[1][1], frames[HEAD:end])
                    frames = frames[end:]

    def packets(self, endpoint, bytes_):
        queue = self.coming[endpoint]
        queue.extend(bytes_[i : i + PACKET] for i in range(0, len(bytes_), PACKET))

    def close(self):
        with self.lock:
            self.gone = True
        try:
            self.line.shutdown(socket.SHUT_RDWR)  # ends the other thread's wait, as close does not
        except OSError:
            pass  # the other end was first

    def do_handle_ioctl(self, client):
        try:
            with self.lock:
                self.handle(client, client.get_request())
        except Exception as e:  # a defect here must end the test, not hang it
            print("usb_bus:", repr(e), file=sys.stderr, flush=True)
            client.complete(-1, errno.EIO)
        return True

    def handle(self, client, request):
        arg = client.get_arg()
        if request in (REAP, REAP_NOW):
            self.reap(client, arg)
        elif self.gone:
            client.complete(-1, errno.ENODEV)
        elif request == SUBMIT:
            self.submit(client, arg)
        elif request == DISCARD:
            self.discard(client, arg)
        elif request == CAPABILITIES:
            arg.resolve(0, 4).update(0, struct.pack("=I", CAN_DETACH_AND_CLAIM))
            client.complete(0, 0)
        elif request in (CLAIM, DETACH_AND_CLAIM):
            if self.busy:
                client.complete(-1, errno.EBUSY)
            else:
                self.driver = self.driver and request == CLAIM
                self.claimed += 1
                client.complete(0, 0)
        elif request == RELEASE:
            self.claimed -= 1
            client.complete(0, 0)
        elif request == DRIVER:
            _, code = struct.unpack("=iI", bytes(arg.resolve(0, 8).retrieve()))
            self.driver = self.driver or code == CONNECT_DRIVER
            client.complete(0, 0)
        elif request in (SETINTERFACE, SETCONFIGURATION, CLEAR_HALT):
            client.complete(0, 0)
        else:
            client.complete(-1, errno.ENOTTY)

    def submit(self, client, arg):
        urb = arg.resolve(0, URB.size)
        fields = URB.unpack(bytes(urb.retrieve()))
        kind, endpoint, length = fields[0], fields[1], fields[5]
        buffer = urb.resolve(16, length) if length else None
        entry = {"urb": urb, "buffer": buffer, "endpoint": endpoint}
        entry.update(length=length, bytes=b"", status=None)
        if kind == 2:
            self.control(entry)
        elif self.stalled:
            entry["status"] = -errno.EPIPE
        elif endpoint < 0x80 and not self.deaf:
            self.line.sendall(bytes(buffer.retrieve()))
            entry["count"], entry["status"] = length, 0
        self.pending.append(entry)
        client.complete(0, 0)

    def control(self, entry):
        """Only the string descriptors: languages, and whatever is asked for is the serial number."""
        setup = bytes(entry["buffer"].retrieve())[:8]
        _, request, value, _, length = struct.unpack("<BBHHH", setup)
        if request != 6 or value >> 8 != 3:
            entry["status"] = -errno.EPIPE
            return
        text = b"\x09\x04" if value & 0xFF == 0 else self.order["serial"].encode("utf-16-le")
        answer = (bytes([2 + len(text), 3]) + text)[:length]
        entry["buffer"].update(8, answer)
        entry["count"], entry["status"] = len(answer), 0

    def fill(self, entry):
        """Moves packets into a transfer until a short one, or until it is full."""
        queue = self.coming.get(entry["endpoint"], [])
        while entry["status"] is None and queue:
            if self.unplug_after is not None:
                if self.unplug_after == 0:
                    self.unplug_after = None
                    self.unplug()
                    return
                self.unplug_after -= 1
            packet = queue.pop(0)
            entry["bytes"] += packet
            if len(packet) < PACKET or len(entry["bytes"]) + PACKET > entry["length"]:
                entry["status"] = 0

    def discard(self, client, arg):
        address = struct.unpack("=Q", bytes(arg.retrieve())[:8])[0]
        for entry in self.pending:
            if entry["urb"].client_addr == address and entry["status"] is None:
                entry["status"] = -errno.ENOENT
                client.complete(0, 0)
                return
        client.complete(-1, errno.EINVAL)

    def reap(self, client, arg):
        for entry in self.pending:
            if entry["status"] is None and entry["endpoint"] >= 0x80 and not self.gone:
                self.fill(entry)
            if entry["status"] is None and self.gone:
                entry["status"] = -errno.ESHUTDOWN
            if entry["status"] is not None:
                self.pending.remove(entry)
                if entry["bytes"]:
                    entry["buffer"].update(0, entry["bytes"])
                count = entry.get("count", len(entry["bytes"]))
                entry["urb"].update(4, struct.pack("=i", entry["status"]))
                entry["urb"].update(28, struct.pack("=i", count))
                arg.resolve(0, 8).set_ptr(0, entry["urb"])
                client.complete(0, 0)
                return
        time.sleep(0.001)  # a file is always ready, so libusb asks without a pause
        client.complete(-1, errno.ENODEV if self.gone else errno.EAGAIN)


class Bus:
    """What is plugged in."""

    def __init__(self):
        self.testbed = UMockdev.Testbed.new()
        self.devices = {}
        self.paths = {}
        # Every machine with USB has a root hub; where none is, libusb looks for no device ever again.
        hub = {"vendor": "1d6b", "product": "0002", "class": 9, "endpoints": [], "port": 0}
        self.plug(dict(hub, name="usb1", device=1, interface=0))

    def plug(self, order):
        device = Device(order)
        node = "bus/usb/001/%03d" % order["device"]
        above = order["name"].rsplit(".", 1)[0] if "." in order["name"] else None
        path = self.paths.get(above, self.paths.get("usb1", PCI)) + "/" + order["name"]
        lines = ["P: " + path, "N: " + node, "E: DEVNAME=/dev/" + node]
        for key, value in {
            "DEVTYPE": "usb_device",
            "SUBSYSTEM": "usb",
            "BUSNUM": "001",
            "DEVNUM": "%03d" % order["device"],
            "MAJOR": "189",
            "MINOR": str(order["device"] - 1),
        }.items():
            lines.append("E: %s=%s" % (key, value))
        for key, value in {
            "busnum": "1",
            "devnum": str(order["device"]),
            "speed": "12",
            "bConfigurationValue": "1",
            "idVendor": order["vendor"],
            "idProduct": order["product"],
        }.items():
            lines.append("A: %s=%s\\n" % (key, value))
        lines.append("H: descriptors=" + descriptors(order).hex())
        self.testbed.add_from_string("\n".join(lines) + "\n")
        self.testbed.attach_ioctl("/dev/" + node, device)
        self.testbed.uevent("/sys" + path, "add")
        self.devices[order["name"]] = device
        self.paths[order["name"]] = path
        device.unplug = lambda: self.unplug(order["name"])

    def unplug(self, name):
        device = self.devices.pop(name)
        path = self.paths.pop(name)
        device.close()
        self.testbed.uevent("/sys" + path, "remove")
        # Who has it open keeps its connection, and is told from now on that the device is gone.
        self.testbed.remove_device("/sys" + path)

    def order(self, order):
        what = order.pop("do")
        if what == "plug":
            self.plug(order)
        elif what == "unplug":
            self.unplug(order["name"])
        elif what == "set":
            device = self.devices[order.pop("name")]
            with device.lock:
                for key, value in order.items():
                    setattr(device, key, value)
        elif what == "state":
            device = self.devices.get(order["name"])
            if device is None:
                return {"plugged": False}
            return {
                "plugged": True,
                "claimed": device.claimed,
                "driver": device.driver,
                "urbs": len(device.pending),
            }
        return {}

    def serve(self, server):
        connection, _ = server.accept()
        with connection, connection.makefile("rw", encoding="utf-8") as lines:
            for line in lines:
                try:
                    answer = self.order(json.loads(line))
                except Exception as e:
                    answer = {"error": repr(e)}
                lines.write(json.dumps(answer) + "\n")
                lines.flush()


def descriptors(order):
    """Device, one configuration, one interface, its bulk endpoints."""
    device = struct.pack(
        "<BBHBBBBHHHBBBB", 18, 1, 0x200, 0, 0, 0, 64, int(order["vendor"], 16),
        int(order["product"], 16), 0x100, 0, 0, 3 if order.get("serial") else 0, 1,
    )  # fmt: skip
    endpoints = [endpoint for pair in order["endpoints"] for endpoint in pair]
    body = struct.pack(
        "<BBBBBBBBB", 9, 4, order["interface"], 0, len(endpoints), order["class"], 0, 0, 0
    )
    for endpoint in endpoints:
        body += struct.pack("<BBBBHB", 7, 5, endpoint, 2, PACKET, 0)
    return device + struct.pack("<BBHBBBBB", 9, 2, 9 + len(body), 1, 1, 0, 0x80, 50) + body


def main():
    bus = Bus()
    server = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=bus.serve, args=(server,), daemon=True).start()
    program = subprocess.Popen(
        sys.argv[1:],
        env=dict(
            os.environ,
            UMOCKDEV_DIR=bus.testbed.get_root_dir(),  # Python does not see what C has set
            USB_BUS=str(server.getsockname()[1]),
        ),
    )
    try:
        code = program.wait()
    finally:
        program.kill()
    sys.stdout.flush()
    os._exit(code & 0xFF)  # threads of the test bed may still wait


main()
