// The evaluation: five levels, and behind them what may be said about one.

import {face, knows} from './faces.js';
import {both, button, foreign, node, title, ways, word} from './parts.js';
import {WORDS} from './words.js';

const LONG = 80; // characters above the question, labels included
const LONGER = 200;
const MANY = 2; // facts

/** The view of the task as far as the resident has come; session.draft is what they chose. */
export function evaluation(place, session, page) {
  return session.draft ? details(place, session, page) : levels(place, session, page);
}

function levels(place, session, page) {
  const task = session.task;
  const about = ['number', 'item', 'window', 'staff'].flatMap((name) => fact(WORDS[name], task[name]));
  const length = about.reduce((sum, part) => sum + part.textContent.length, 0);
  const long = length > LONG || about.length / 2 > MANY;
  place.className = 'evaluation' + (long ? ' long' : '') + (length > LONGER ? ' longer' : '');
  const question = title(both(WORDS.question));
  const choices = node('div', 'levels',
      task.levels.filter((choice) => knows(choice.level)).map((choice) => level(session, choice, page)));
  choices.setAttribute('role', 'group');
  choices.setAttribute('aria-labelledby', question.id);
  return [ways(page.draw), node('dl', 'about', about), question, choices, decline(session, page)];
}

/** What the resident may say about the level that was pressed; it counts once it is submitted. */
function details(place, session, page) {
  const {task, draft} = session;
  place.className = 'details';
  const chosen = node(draft.choice.reasons ? 'p' : 'h1', 'chosen', [face(draft.choice.level), node('span', 'words', both(draft.choice))]);
  chosen.id = draft.choice.reasons ? '' : 'title';
  const again = button('again', [word(WORDS.again)], () => {
    session.draft = null;
    page.draw();
  });
  const parts = [ways(page.draw), node('div', 'top', [chosen, again])];
  if (draft.choice.reasons) {
    const question = title([word(WORDS.reasons)]); // in one language: room is for the answers
    const reasons = node('div', 'reasons', draft.choice.reasons.map((reason) => toggle(reason, draft)));
    reasons.setAttribute('role', 'group');
    reasons.setAttribute('aria-labelledby', question.id);
    parts.push(question, reasons);
  }
  if (task.comment) {
    parts.push(comment(task.comment, draft, !draft.choice.reasons));
  }
  const submit = button('submit', [word(WORDS.submit)], () => page.answer(said(task, draft)));
  parts.push(node('div', 'end', [decline(session, page), submit]));
  return parts;
}

function said(task, draft) {
  const message = {id: task.id, answer: 'GIVEN', level: draft.choice.level};
  if (draft.choice.reasons) {
    message.reasons = draft.choice.reasons.map((reason) => reason.code).filter((code) => draft.reasons.has(code));
  }
  if (draft.comment.trim() !== '') {
    message.comment = draft.comment.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ');
  }
  return message;
}

function toggle(reason, draft) {
  const made = button('reason', [node('span', '', [word(reason)])], () => {
    if (!draft.reasons.delete(reason.code)) {
      draft.reasons.add(reason.code);
    }
    made.setAttribute('aria-pressed', String(draft.reasons.has(reason.code)));
  });
  made.dataset.code = reason.code;
  made.setAttribute('aria-pressed', String(draft.reasons.has(reason.code)));
  return made;
}

function comment(most, draft, alone) {
  const text = document.createElement('textarea');
  text.maxLength = most;
  text.rows = alone ? 5 : 2;
  text.autocomplete = 'off';
  text.spellcheck = false;
  text.setAttribute('writingsuggestions', 'false');
  text.value = draft.comment;
  text.addEventListener('input', () => {
    draft.comment = text.value;
  });
  return node('label', 'comment', [node('span', '', [word(WORDS.comment)]), text]);
}

function decline(session, page) {
  return button('decline', both(WORDS.decline), () => page.answer({id: session.task.id, answer: 'DECLINED'}));
}

function level(session, choice, page) {
  const task = session.task;
  const made = button('level', [face(choice.level), node('span', 'words', both(choice))], () => {
    if (choice.reasons || task.comment) {
      session.draft = {choice, reasons: new Set(), comment: ''};
      page.draw();
    } else {
      page.answer({id: task.id, answer: 'GIVEN', level: choice.level});
    }
  });
  made.dataset.level = choice.level;
  return made;
}

function fact(name, value) {
  return typeof value === 'string' && value !== ''
    ? [node('dt', '', both(name)), foreign('dd', '', value)]
    : [];
}
