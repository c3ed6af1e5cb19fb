// The field for a signature: strokes by finger, pen or mouse, with the time and the pressure of each
// point, in units that do not depend on the screen. They are in memory alone until they are sent.

import {both, button, node, title, ways, word} from './parts.js';
import {WORDS} from './words.js';

const WIDTH = 4800;
const HEIGHT = 1600;
const MOST_POINTS = 2500;
const SHORTEST = 200;
const APART = 8; // points that are nearer to each other are one
const NUMBERS = 4; // x, y, time, pressure
const THIN = 8;
const THICK = 24;
const FULL = 1000;
const LATEST = 900000;

export function signature(place, session, page) {
  const task = session.task;
  const ink = session.ink || (session.ink = {strokes: [], points: 0, length: 0});
  place.className = 'signing';
  const field = node('canvas', 'field', []);
  field.width = WIDTH / 4;
  field.height = HEIGHT / 4;
  field.setAttribute('role', 'img');
  field.setAttribute('aria-label', word(WORDS.field));
  const note = node('p', 'note', []);
  note.setAttribute('role', 'status');
  const send = button('yes', [word(WORDS.send)],
      () => page.answer({id: task.id, answer: 'SIGNED', strokes: ink.strokes}));
  const look = () => {
    send.disabled = ink.length < SHORTEST;
    note.textContent = ink.points >= MOST_POINTS ? word(WORDS.full) : '';
  };
  const erase = button('erase', [word(WORDS.erase)], () => {
    Object.assign(ink, {strokes: [], points: 0, length: 0});
    draw(field, ink);
    look();
  });
  const back = button('back', [word(WORDS.back)], () => {
    session.signing = false;
    page.draw();
  });
  const decline = button('decline', [word(WORDS.notSign)], () => page.answer({id: task.id, answer: 'DECLINED'}));
  listen(field, ink, session.begun, look);
  draw(field, ink);
  look();
  return [
    ways(page.draw),
    title(both(WORDS.signHere)),
    node('div', 'box', [field]),
    note,
    node('div', 'end', [decline, back, erase, send]),
  ];
}

/** One pointer writes at a time: the hand that rests on the screen does not. */
function listen(field, ink, begun, look) {
  let pen = null;
  // else browsers take a stroke for a gesture, and pass over the touch of a button right after it
  field.addEventListener('touchstart', (event) => event.preventDefault(), {passive: false});
  field.addEventListener('pointerdown', (event) => {
    if (pen === null && event.button === 0 && ink.points < MOST_POINTS) {
      pen = event.pointerId;
      field.setPointerCapture(pen);
      ink.strokes.push([]);
      take(field, ink, event, begun);
      look();
    }
  });
  field.addEventListener('pointermove', (event) => {
    if (event.pointerId === pen) {
      const steps = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
      (steps.length > 0 ? steps : [event]).forEach((step) => take(field, ink, step, begun));
      look();
    }
  });
  const lift = (event) => {
    if (event.pointerId === pen) {
      pen = null;
    }
  };
  field.addEventListener('pointerup', lift);
  field.addEventListener('pointercancel', lift);
}

function take(field, ink, event, begun) {
  const box = field.getBoundingClientRect();
  const x = within((event.clientX - box.left) / box.width * WIDTH, WIDTH);
  const y = within((event.clientY - box.top) / box.height * HEIGHT, HEIGHT);
  const stroke = ink.strokes[ink.strokes.length - 1];
  if (!stroke) {
    return; // started over by another finger while this one is down
  }
  const before = stroke.length === 0 ? null : stroke.slice(-NUMBERS);
  const step = before ? Math.hypot(x - before[0], y - before[1]) : 0;
  if (ink.points >= MOST_POINTS || (before && step < APART)) {
    return;
  }
  const latest = ink.latest || 0;
  ink.latest = Math.max(latest, within(event.timeStamp - begun, LATEST));
  stroke.push(x, y, ink.latest, within((event.pressure || 0.5) * FULL, FULL));
  ink.points += 1;
  ink.length += step;
  line(field.getContext('2d'), field, stroke, stroke.length - NUMBERS);
}

function within(value, most) {
  return Math.min(most, Math.max(0, Math.round(value)));
}

function draw(field, ink) {
  const pencil = field.getContext('2d');
  pencil.clearRect(0, 0, field.width, field.height);
  for (const stroke of ink.strokes) {
    for (let at = 0; at < stroke.length; at += NUMBERS) {
      line(pencil, field, stroke, at);
    }
  }
}

function line(pencil, field, stroke, at) {
  const scale = field.width / WIDTH;
  const from = Math.max(0, at - NUMBERS);
  pencil.lineCap = 'round';
  pencil.lineWidth = (THIN + (THICK - THIN) * stroke[at + 3] / FULL) * scale;
  pencil.beginPath();
  pencil.moveTo(stroke[from] * scale, stroke[from + 1] * scale);
  pencil.lineTo(stroke[at] * scale, stroke[at + 1] * scale);
  pencil.stroke();
}
