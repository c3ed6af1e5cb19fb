// Something to read: a text, fields, the pages of a document; then nothing, a yes or no, or a
// signature. What needs an answer gets its button once the end was on the screen.

import {both, button, foreign, node, title, ways, word} from './parts.js';
import {signature} from './signature.js';
import {WORDS} from './words.js';

const NEAR = 8; // pixels from the end that count as the end
const TRIES = 10;
const AGAIN_MS = 1000;
const STEP = 0.8; // of what is seen, so that the last line stands at the top after a step

export function reading(place, session, page) {
  return session.signing ? signature(place, session, page) : paper(place, session, page);
}

function paper(place, session, page) {
  const task = session.task;
  place.className = 'reading ' + task.task;
  const heading = title(task.title ? [foreign('span', 'first', task.title)] : both(WORDS[task.task]));
  const sheet = node('section', 'paper', content(task));
  sheet.tabIndex = 0;
  sheet.setAttribute('role', 'region');
  sheet.setAttribute('aria-labelledby', heading.id);
  const up = button('up', [word(WORDS.up)], () => step(sheet, -1));
  const down = button('down', [word(WORDS.down)], () => step(sheet, 1));
  const answers = answerButtons(task, session, page);
  const end = node('div', 'end', [...(answers.no ? [answers.no] : []), up, down, ...(answers.yes ? [answers.yes] : [])]);

  const look = () => {
    if (!sheet.isConnected) {
      return; // of a view that was drawn anew while its pictures were on their way
    }
    const loaded = [...sheet.querySelectorAll('img')].every((picture) => picture.complete && picture.naturalWidth > 0);
    const room = sheet.scrollHeight - sheet.clientHeight;
    session.scrolled = sheet.scrollTop;
    const atEnd = sheet.scrollTop >= room - NEAR;
    if (loaded) {
      session.read = session.read || atEnd;
      if (!session.told) {
        session.told = true;
        page.say({id: task.id, answer: 'SHOWN'});
      }
    }
    if (answers.yes) {
      answers.yes.hidden = !session.read;
    }
    if (atEnd && document.activeElement === down) {
      sheet.focus(); // not on the answer: a key that is still held would press it
    }
    up.hidden = room <= NEAR;
    up.disabled = sheet.scrollTop <= NEAR;
    down.hidden = room <= NEAR;
    down.disabled = atEnd;
  };
  sheet.addEventListener('scroll', look, {passive: true});
  sheet.querySelectorAll('img').forEach((picture) => picture.addEventListener('load', look));
  page.placed(() => {
    sheet.scrollTop = session.scrolled || 0;
    look();
  }, look);
  return [ways(page.draw), heading, sheet, end];
}

function step(sheet, way) {
  sheet.scrollBy({top: way * STEP * sheet.clientHeight});
}

function answerButtons(task, session, page) {
  switch (task.task) {
    case 'confirm':
      return {
        no: button('no', both(WORDS.no), () => page.answer({id: task.id, answer: 'NO'})),
        yes: button('yes', both(WORDS.yes), () => page.answer({id: task.id, answer: 'YES'})),
      };
    case 'sign':
      return {
        no: button('decline', both(WORDS.notSign), () => page.answer({id: task.id, answer: 'DECLINED'})),
        yes: button('yes', both(WORDS.toSign), () => {
          session.signing = true;
          page.draw();
        }),
      };
    default:
      return {};
  }
}

function content(task) {
  const parts = [];
  if (task.text) {
    parts.push(foreign('p', 'text', task.text));
  }
  if (task.fields) {
    parts.push(node('dl', 'fields', task.fields.flatMap(
        (field) => [foreign('dt', '', field.name), foreign('dd', '', field.value)])));
  }
  (task.pages || []).forEach((sheet, index) => {
    const picture = document.createElement('img');
    picture.width = sheet.width;
    picture.height = sheet.height;
    picture.alt = word(WORDS.page)(index + 1, task.pages.length);
    picture.draggable = false;
    fetchInto(picture, location.pathname + '/file/' + sheet.file);
    parts.push(picture);
  });
  return parts;
}

/** A picture that did not come is asked for again: without it there is no end to be read to. */
function fetchInto(picture, address) {
  let tries = 0;
  picture.addEventListener('error', () => {
    tries += 1;
    if (tries < TRIES) {
      setTimeout(() => {
        picture.src = address + '?' + tries;
      }, AGAIN_MS);
    }
  });
  picture.src = address;
}
