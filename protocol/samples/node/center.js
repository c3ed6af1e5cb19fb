#!/usr/bin/env node
// A center in Node: reads a card, prints a ticket and captures a page at one point.
// npm ci, then: node center.js BROKER POINT CLIENT [FILE], such as
// node center.js mqtt://127.0.0.1:1883 jingan-0042 hall-1 page.jpg
import { createHash, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import mqtt from 'mqtt';

const [broker, point, client, file = 'page.jpg'] = process.argv.slice(2);
const base = `doorstep/v1/${point}`;
const FINAL = ['succeeded', 'failed', 'cancelled', 'expired', 'rejected', 'unknown'];
const PATIENCE = 60_000; // how long the point, and its line, may take
const SOON = 10_000; // in which the next piece of a document comes, or it is asked for
const MOST_BLOBS = 8; // those that nobody fetches are dropped, the oldest first

const calls = new Map(); // what hears of the replies to a command, by its id
const pieces = new Map(); // the pieces of a blob by their number, by its id

// The client id stays the same, so that the broker keeps what comes while we are away.
const connection = await mqtt.connectAsync(broker, {
  protocolVersion: 5,
  clientId: client,
  clean: false,
  properties: { sessionExpiryInterval: 3600 },
});
connection.stream.setNoDelay?.(true);
connection.on('error', (error) => console.error(`the connection failed: ${error.message}`));
connection.on('message', (topic, payload) => {
  const [branch, , blob, number] = topic.slice(base.length + 1).split('/');
  if (branch === 'reply') {
    const reply = JSON.parse(payload.toString());
    calls.get(reply.id)?.(reply);
  } else {
    // A piece may come twice, and before the one that waits for it.
    if (!pieces.has(blob)) pieces.set(blob, new Map());
    pieces.get(blob).set(Number(number), payload);
    if (pieces.size > MOST_BLOBS) pieces.delete(pieces.keys().next().value);
    calls.get(blob)?.();
  }
});
// Nothing is asked before replies can come; a subscription that is refused ends the program.
await connection.subscribeAsync([`${base}/reply/${client}`, `${base}/blob/${client}/+/+`], {
  qos: 1,
});

/** Waits until `done` has a value for what comes under an id, and no longer than that in between. */
function awaiting(id, done, patience = PATIENCE) {
  return new Promise((resolve, reject) => {
    const end = (settle, value) => {
      clearTimeout(timer);
      calls.delete(id);
      settle(value);
    };
    const timer = setTimeout(end, patience, reject, new Error(`no answer for ${id}`)).unref();
    calls.set(id, (message) => {
      const value = done(message);
      if (value !== undefined) end(resolve, value);
      else timer.refresh();
    });
  });
}

/** Sends a command and returns its result. */
async function call(device, operation, parameters, id = randomUUID()) {
  const reply = awaiting(id, (update) => {
    console.log(`${operation}: ${update.state} ${update.note ?? ''}`.trimEnd());
    return FINAL.includes(update.state) ? update : undefined;
  });
  const command = { id, operation, parameters, timeout: 'PT20S', updates: true };
  const sent = connection.publishAsync(`${base}/command/${device}`, JSON.stringify(command), {
    qos: 1,
    properties: {
      responseTopic: `${base}/reply/${client}`,
      messageExpiryInterval: 30, // how long it may wait before the device begins
    },
  });
  const [{ state, result, error }] = await Promise.all([reply, sent]); // either may fail
  if (state !== 'succeeded') throw new Error(`${operation}: ${error?.code}: ${error?.recovery}`);
  return result;
}

/** The bytes of a document: in the reply, or in pieces; those that do not come are asked for. */
async function fetch({ base64, blob }) {
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  const numbers = [...Array(blob.pieces).keys()];
  const missing = () => numbers.filter((number) => !pieces.get(blob.id)?.has(number));
  const complete = () => (missing().length === 0 ? true : undefined);
  while (!complete()) {
    // The resend fails with GONE once the point does not keep the document any more.
    await awaiting(blob.id, complete, SOON).catch(() =>
      call('agent', 'agent.resend', { blob: blob.id, pieces: missing().slice(0, 1000) }),
    );
  }
  const document = Buffer.concat(numbers.map((number) => pieces.get(blob.id).get(number)));
  if (createHash('sha256').update(document).digest('hex') !== blob.sha256) {
    throw new Error('the document is damaged: its digest is another one');
  }
  await call('agent', 'agent.release', { blob: blob.id });
  pieces.delete(blob.id);
  return document;
}

try {
  const card = await call('reader', 'id-card.read', { wait: 'PT15S' });
  console.log(`card: ${card.type} ${card.number ?? ''}`);

  // A print has an id that is kept: whoever is in doubt sends it again, and no second ticket comes.
  const ticket = { lines: [{ text: 'A042', align: 'CENTER', size: 4 }], cut: 'PARTIAL' };
  const ticketId = randomUUID();
  for (let time = 0; time < 2; time++) {
    const printed = await call('printer', 'ticket.print', ticket, ticketId);
    console.log(`ticket: ${printed.state}`);
  }

  const page = await call('camera', 'document.capture', { format: 'JPEG' });
  await writeFile(file, await fetch(page.content));
  console.log(`page: ${page.width} x ${page.height} in ${file}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await connection.endAsync();
}
