// The resident's screen: one WebSocket, one task at a time. What is shown is in memory alone, and
// nothing of it is kept once its task is over.

import {evaluation} from './evaluation.js';
import {done} from './faces.js';
import {both, foreign, node, reader, title, ways, word} from './parts.js';
import {reading} from './reading.js';
import {TAGS, WORDS} from './words.js';

const VIEWS = {idle, evaluation, show: reading, confirm: reading, sign: reading};
const THANKS_MS = 2000;
const RETRY_MS = [250, 500, 1000, 2000];
const TOUCH_MS = 3000; // how often the agent is told that somebody is at it
const ALONE_MS = 60000; // until a language chosen while nothing was asked is that of nobody any more
const KEPT_MS = 60000; // how long what was begun waits for the connection to come back

const SILENCE_MS = 25000;
const SETTLE_MS = 700;
const STRANGE = 3; // failures until it is asked whether this tablet is still let in

const NOTHING = {task: 'idle', devices: []};

const place = document.getElementById('task');
const banner = document.getElementById('connection');
const ending = document.getElementById('ending');
const spoken = document.getElementById('spoken');

let session = {task: NOTHING};
let resting = NOTHING;
let thanking = false;
let socket = null;
let failures = 0;
let thanksTimer = 0;
let touched = 0;
let extendable = false;
let kept = null;
let keptTimer = 0;
let aloneTimer = 0;
let resized = null;
let drawn = null;
let accepted = true;
let silenceTimer = 0;
let settleTimer = 0;

/** What views ask of the page. */
const page = {
  draw,
  say,
  /** Sends the answer that ends the task, and thanks for it. */
  answer(message) {
    if (say(message)) {
      thanking = true;
      accepted = false;
      ending.hidden = true;
      draw();
      thanksTimer = setTimeout(thanked, THANKS_MS);
    }
  },
  /** Runs something once the view stands there, and something again when its size has changed. */
  placed(now, later) {
    queueMicrotask(now);
    resized = later;
  },
};

// ---- the connection

function connect() {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  socket = new WebSocket(scheme + '//' + location.host + location.pathname + '/channel');
  socket.addEventListener('open', () => {
    failures = 0;
    banner.hidden = true;
  });
  const own = socket;
  socket.addEventListener('message', (message) => {
    if (own === socket) {
      listen();
      receive(message.data);
    }
  });
  socket.addEventListener('close', () => own === socket && disconnected());
  listen();
}

/** The agent says something every ten seconds; a line that died without a word is noticed so. */
function listen() {
  clearTimeout(silenceTimer);
  silenceTimer = setTimeout(() => {
    const dead = socket;
    disconnected();
    dead.close();
  }, SILENCE_MS);
}

/** Nothing personal stands there meanwhile; the same task goes on where it was left. */
function disconnected() {
  clearTimeout(silenceTimer);
  socket = null;
  const known = !banner.hidden && !session.task.id && !thanking;
  banner.hidden = false;
  if (session.task.id && !thanking) {
    kept = {session, reader: {...reader}};
    clearTimeout(keptTimer);
    keptTimer = setTimeout(forget, KEPT_MS);
  }
  resting = NOTHING;
  if (!known) {
    rest();
  }
  if (failures >= STRANGE) {
    lookForTheDoor();
  }
  setTimeout(connect, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
  failures += 1;
}

/** A tablet that is let in no more gets another page here: the one that asks for a code. */
async function lookForTheDoor() {
  try {
    const page = await (await fetch(location.pathname)).text();
    if (!page.includes('screen.js')) {
      location.reload();
    }
  } catch {
    // nobody answers: there is nothing to load
  }
}

function forget() {
  clearTimeout(keptTimer);
  kept = null;
}

function receive(text) {
  const task = JSON.parse(text);
  if (task.task === 'ending') {
    notice(task);
    return;
  }
  if (!Object.prototype.hasOwnProperty.call(VIEWS, task.task)) {
    return;
  }
  if (task.task === 'idle') {
    resting = task;
    accepted = true;
    forget();
    if (session.task.task === 'idle') {
      session.task = task;
      draw();
    } else if (!thanking) {
      rest();
    }
    return;
  }
  begin(task);
}

/** The time for an answer ends; a touch gives more of it, where there is more. */
function notice({id, more}) {
  if (id === session.task.id && !thanking) {
    extendable = more;
    ending.replaceChildren(...both(more ? WORDS.stillThere : WORDS.closing));
    ending.hidden = false;
  }
}

function begin(task) {
  ending.hidden = true;
  const asking = session.task.id && session.task.id !== task.id && !thanking;
  thanking = false;
  clearTimeout(thanksTimer);
  if (kept && kept.session.task.id === task.id) {
    session = kept.session;
    session.told = false;
    Object.assign(reader, kept.reader);
  } else {
    freshReader();
    session = {task, begun: performance.now()};
  }
  forget();
  draw();
  settle(asking);
}

/** A press that was meant for the task before is no answer to this one. */
function settle(asking) {
  clearTimeout(settleTimer);
  place.inert = Boolean(asking);
  settleTimer = setTimeout(() => {
    place.inert = false;
  }, SETTLE_MS);
}

function say(message) {
  if (socket === null || socket.readyState !== WebSocket.OPEN) {
    return false;
  }
  socket.send(JSON.stringify(message));
  return true;
}

/** Whoever is at it is given the time to end it. */
function touch() {
  const now = performance.now();
  clearTimeout(aloneTimer);
  if (extendable && !ending.hidden) {
    ending.hidden = true;
    touched = -TOUCH_MS;
  }
  if (session.task.task === 'idle') {
    aloneTimer = setTimeout(alone, ALONE_MS);
  }
  if (session.task.id && session.task.task !== 'show' && !thanking && now - touched > TOUCH_MS) {
    touched = now;
    say({id: session.task.id, answer: 'TOUCHED'});
  }
}

function alone() {
  if (session.task.task === 'idle' && !thanking) {
    rest();
  }
}

// ---- the views

/** An answer that the agent has passed over is asked for again. */
function thanked() {
  if (accepted) {
    rest();
  } else {
    thanking = false;
    draw();
  }
}

function rest() {
  clearTimeout(thanksTimer);
  ending.hidden = true;
  place.inert = false;
  thanking = false;
  freshReader();
  session = {task: resting};
  draw();
}

function freshReader() {
  reader.language = 'zh';
  reader.large = false;
}

/**
 * Shows the view anew; the element of a selector keeps the keyboard. Where the keyboard was in the
 * view and its place is gone, it goes on from the heading; a new task leaves it where pages begin.
 */
function draw(focused) {
  resized = null;
  const going = drawn === session && place.contains(document.activeElement);
  drawn = session;
  document.documentElement.lang = TAGS[reader.language];
  document.documentElement.classList.toggle('large', reader.large);
  banner.replaceChildren(...both(WORDS.disconnected));
  place.replaceChildren(...(thanking ? thanks() : VIEWS[session.task.task](place, session, page)));
  const heading = document.getElementById('title');
  tell(heading.querySelector('.first') || heading);
  if (focused) {
    place.querySelector(focused).focus();
  } else if (going) {
    heading.tabIndex = -1;
    heading.focus({preventScroll: true});
  }
}

/** Screen readers hear of a change alone, and only from an element that was there before. */
function tell(heading) {
  if (spoken.textContent !== heading.textContent) {
    spoken.lang = heading.lang;
    spoken.textContent = heading.textContent;
  }
}

function idle() {
  const {point, devices} = session.task;
  place.className = 'message';
  return [
    ways(draw),
    ...(point ? [foreign('p', 'point', point)] : []),
    title(both(WORDS.welcome)),
    node('p', 'note', both(WORDS.nothing)),
    ...(devices.length > 0 ? [node('ul', 'devices', devices.map(device))] : []),
  ];
}

function device(it) {
  const state = it.ready ? WORDS.ready : WORDS.notReady;
  return node('li', it.ready ? 'ready' : 'away', [
    node('span', '', [word(it)]),
    ' ',
    node('span', 'state', [word(state)]),
  ]);
}

function thanks() {
  place.className = 'message';
  return [done(), title(both(WORDS.thanks))];
}

for (const kind of ['pointerdown', 'keydown', 'wheel', 'input', 'click']) {
  document.addEventListener(kind, touch, {passive: true});
}
// a long press offers to save or share what is shown
document.addEventListener('contextmenu', (event) => event.preventDefault());
window.addEventListener('resize', () => resized && resized());

draw();
connect();
