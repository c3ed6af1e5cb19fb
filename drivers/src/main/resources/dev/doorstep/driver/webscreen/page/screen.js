// The resident's screen: one WebSocket, one task at a time. Whatever is shown is set as text, and
// nothing of it is kept anywhere once its task is over.

import {done, face, knows} from './faces.js';

const WORDS = {
  welcome: {zh: '您好', en: 'Welcome'},
  nothing: {zh: '需要您确认时，会在这里显示', en: 'If we need something from you, it will appear here'},
  question: {zh: '请您评价本次服务', en: 'How was our service today?'},
  item: {zh: '办理事项', en: 'Service'},
  staff: {zh: '工作人员', en: 'Staff'},
  decline: {zh: '不评价', en: 'No answer'},
  thanks: {zh: '谢谢您', en: 'Thank you'},
  disconnected: {zh: '未连接，正在重新连接…', en: 'Not connected, trying again…'},
};
const TAGS = {zh: 'zh-CN', en: 'en'};
const THANKS_MS = 2000;
const LONG = 80; // characters above the question, labels included
const RETRY_MS = [250, 500, 1000, 2000];

const place = document.getElementById('task');
const banner = document.getElementById('connection');

let language = 'zh';
let view = idle;
let socket = null;
let failures = 0;
let thanksTimer = 0;

// ---- the connection

function connect() {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  socket = new WebSocket(scheme + '//' + location.host + location.pathname + '/channel');
  socket.addEventListener('open', () => {
    failures = 0;
    banner.hidden = true;
  });
  socket.addEventListener('message', (message) => receive(message.data));
  socket.addEventListener('close', disconnected);
}

function disconnected() {
  banner.hidden = false;
  language = 'zh';
  show(idle);
  setTimeout(connect, RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]);
  failures += 1;
}

function receive(text) {
  const task = JSON.parse(text);
  if (task.task === 'evaluation') {
    if (view === thanks) {
      rest();
    }
    show(() => evaluation(task));
  } else if (task.task === 'idle' && view !== thanks) {
    rest();
  }
}

function answer(message) {
  if (socket.readyState === WebSocket.OPEN) {
    socket.send(JSON.stringify(message));
    show(thanks);
    thanksTimer = setTimeout(rest, THANKS_MS);
  }
}

// ---- the views

function rest() {
  language = 'zh'; // the next resident begins anew
  show(idle);
}

function show(next) {
  clearTimeout(thanksTimer);
  view = next;
  draw();
}

function draw() {
  document.documentElement.lang = TAGS[language];
  banner.replaceChildren(...both(WORDS.disconnected));
  place.replaceChildren(...view());
}

function idle() {
  place.className = 'message';
  return [languages(), title(WORDS.welcome), node('p', 'note', both(WORDS.nothing))];
}

function thanks() {
  place.className = 'message';
  return [done(), title(WORDS.thanks)];
}

function evaluation(task) {
  const about = fact(WORDS.item, task.item).concat(fact(WORDS.staff, task.staff));
  const length = about.reduce((sum, part) => sum + part.textContent.length, 0);
  place.className = length > LONG ? 'evaluation long' : 'evaluation';
  const question = title(WORDS.question);
  const levels = node('div', 'levels',
      task.levels.filter((choice) => knows(choice.level)).map((choice) => level(task.id, choice)));
  levels.setAttribute('role', 'group');
  levels.setAttribute('aria-labelledby', question.id);
  return [
    languages(),
    node('dl', 'about', about),
    question,
    levels,
    button('decline', both(WORDS.decline), () => answer({id: task.id, answer: 'DECLINED'})),
  ];
}

// ---- their pieces

function title(words) {
  const heading = node('h1', '', both(words));
  heading.id = 'title';
  heading.setAttribute('aria-live', 'polite');
  return heading;
}

function languages() {
  const other = language === 'zh' ? 'en' : 'zh';
  const change = button('language', [{zh: '中文', en: 'English'}[other]], () => {
    language = other;
    draw();
    place.querySelector('.language').focus();
  });
  change.lang = TAGS[other];
  return change;
}

function level(id, choice) {
  const made = button('level', [face(choice.level), node('span', 'words', both(choice))],
      () => answer({id, answer: 'GIVEN', level: choice.level}));
  made.dataset.level = choice.level;
  return made;
}

function fact(name, value) {
  if (typeof value !== 'string' || value === '') {
    return [];
  }
  const text = node('dd', '', [value]);
  text.dir = 'auto';
  return [node('dt', '', both(name)), text];
}

/** Words in the language chosen, and below in the other one. */
function both(words) {
  const other = language === 'zh' ? 'en' : 'zh';
  return [spoken('first', language, words), spoken('second', other, words)];
}

function spoken(rank, tongue, words) {
  const text = node('span', rank + ' ' + tongue, [words[tongue]]);
  text.lang = TAGS[tongue];
  return text;
}

function button(kind, content, press) {
  const made = node('button', kind, content);
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
}

/** An element; its content is elements and texts, and a text is never read as markup. */
function node(name, kind, content) {
  const made = document.createElement(name);
  made.className = kind;
  made.append(...content);
  return made;
}

draw();
connect();
