#!/usr/bin/python3
"""A center in Python: reads a card, prints a ticket and captures a page at one point.

Needs Debian's python3-paho-mqtt (1.6).  center.py BROKER POINT CLIENT [FILE], such as
center.py 127.0.0.1:1883 jingan-0042 hall-1 page.jpg
"""
import base64
import hashlib
import json
import queue
import sys
import uuid

from paho.mqtt import client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

FINAL = {"succeeded", "failed", "cancelled", "expired", "rejected", "unknown"}
PATIENCE = 60  # seconds: how long the point, and its line, may take
SOON = 10  # seconds in which the next piece of a document comes, or it is asked for
MOST_BLOBS = 8  # those that nobody fetches are dropped, the oldest first


class Center:
    def __init__(self, host, port, point, client):
        self.base, self.name = f"doorstep/v1/{point}", client
        self.replies, self.arrivals, self.ready = queue.Queue(), queue.Queue(), queue.Queue()
        self.pieces = {}  # by the blob's id and their number; they may come before the reply is read
        # The client id stays the same, so that the broker keeps what comes while we are away.
        self.mqtt = mqtt.Client(client_id=client, protocol=mqtt.MQTTv5)
        self.mqtt.on_connect = self.connected
        self.mqtt.on_subscribe = self.subscribed
        self.mqtt.on_message = self.arrived
        session = Properties(PacketTypes.CONNECT)
        session.SessionExpiryInterval = 3600
        self.mqtt.connect(host, port, clean_start=False, properties=session)
        self.mqtt.loop_start()
        problem = self.ready.get(timeout=PATIENCE)  # nothing is asked before replies can come
        if problem:
            sys.exit(problem)

    def connected(self, _client, _userdata, _flags, reason, _properties):
        if reason != 0:
            self.ready.put(f"the broker refuses us: {reason}")
            return
        # Subscribed again after each loss: the session may be gone as well.
        branches = (f"reply/{self.name}", f"blob/{self.name}/+/+")
        self.mqtt.subscribe([(f"{self.base}/{branch}", 1) for branch in branches])

    def subscribed(self, _client, _userdata, _id, granted, _properties):
        refused = [str(code) for code in granted if code.value >= 128]
        self.ready.put(f"the broker refuses a subscription: {refused}" if refused else None)

    def arrived(self, _client, _userdata, message):
        branch = message.topic[len(self.base) + 1:].split("/")
        if branch[0] == "reply":
            self.replies.put(json.loads(message.payload))
            return
        _, _, blob, number = branch
        self.pieces.setdefault(blob, {})[int(number)] = message.payload  # one may come twice
        if len(self.pieces) > MOST_BLOBS:
            self.pieces.pop(next(iter(self.pieces)))
        self.arrivals.put(blob)

    def call(self, device, operation, parameters, command_id=None):
        """Sends a command and returns its result; a failure ends the program with its recovery."""
        command = {"id": command_id or uuid.uuid4().hex, "operation": operation,
                   "parameters": parameters, "timeout": "PT20S", "updates": True}
        properties = Properties(PacketTypes.PUBLISH)
        properties.ResponseTopic = f"{self.base}/reply/{self.name}"
        properties.MessageExpiryInterval = 30  # how long it may wait before the device begins
        self.mqtt.publish(f"{self.base}/command/{device}", json.dumps(command), qos=1,
                          properties=properties)
        while True:
            reply = self.replies.get(timeout=PATIENCE)
            if reply.get("id") != command["id"]:
                continue  # a late one of an earlier command
            print(f"{operation}: {reply['state']} {reply.get('note', '')}".rstrip())
            if reply["state"] == "succeeded":
                return reply["result"]
            if reply["state"] in FINAL:
                error = reply.get("error", {})
                sys.exit(f"{operation}: {error.get('code')}: {error.get('recovery')}")

    def fetch(self, content):
        """The bytes of a document: in the reply, or in pieces; those that do not come are asked for."""
        if "base64" in content:
            return base64.b64decode(content["base64"])
        blob = content["blob"]
        while True:
            got = self.pieces.get(blob["id"], {})
            missing = [number for number in range(blob["pieces"]) if number not in got]
            if not missing:
                break
            try:
                self.arrivals.get(timeout=SOON)
            except queue.Empty:
                # Fails with GONE once the point does not keep the document any more.
                self.call("agent", "agent.resend", {"blob": blob["id"], "pieces": missing[:1000]})
        document = b"".join(got[number] for number in range(blob["pieces"]))
        if hashlib.sha256(document).hexdigest() != blob["sha256"]:
            sys.exit("the document is damaged: its digest is another one")
        self.call("agent", "agent.release", {"blob": blob["id"]})
        self.pieces.pop(blob["id"], None)
        return document


def main(broker, point, client, file="page.jpg"):
    host, _, port = broker.partition(":")
    center = Center(host, int(port or 1883), point, client)

    card = center.call("reader", "id-card.read", {"wait": "PT15S"})
    print("card:", card["type"], card.get("number", ""))

    # A print has an id that is kept: whoever is in doubt sends it again, and no second ticket comes.
    ticket = {"lines": [{"text": "A042", "align": "CENTER", "size": 4}], "cut": "PARTIAL"}
    ticket_id = uuid.uuid4().hex
    for _ in range(2):
        print("ticket:", center.call("printer", "ticket.print", ticket, ticket_id)["state"])

    page = center.call("camera", "document.capture", {"format": "JPEG"})
    with open(file, "wb") as out:
        out.write(center.fetch(page["content"]))
    print(f"page: {page['width']} x {page['height']} in {file}")
    center.mqtt.disconnect()


try:
    main(*sys.argv[1:])
except queue.Empty:
    sys.exit("no answer; what was sent may be sent again under the same id")
