// The pieces that views are made of. Every text is set as text, never read as markup.

import {TAGS, WORDS} from './words.js';

/** How the resident who sits here reads; each begins anew. */
export const reader = {language: 'zh', large: false};

/** An element; its content is elements and texts. */
export function node(name, kind, content) {
  const made = document.createElement(name);
  made.className = kind;
  made.append(...content);
  return made;
}

export function button(kind, content, press) {
  const made = node('button', kind, content);
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
}

/** A word in the language chosen. */
export function word(words) {
  return words[reader.language];
}

/** Words in the language chosen, and below in the other one. */
export function both(words) {
  const other = reader.language === 'zh' ? 'en' : 'zh';
  return [spoken('first', reader.language, words), spoken('second', other, words)];
}

function spoken(rank, tongue, words) {
  const text = node('span', rank + ' ' + tongue, [words[tongue]]);
  text.lang = TAGS[tongue];
  return text;
}

/** The heading of a view. */
export function title(content) {
  const heading = node('h1', '', content);
  heading.id = 'title';
  return heading;
}

/** The buttons for the other language and for larger type; draw() shows the view anew. */
export function ways(draw) {
  const other = reader.language === 'zh' ? 'en' : 'zh';
  const language = button('language', [{zh: '中文', en: 'English'}[other]], () => {
    reader.language = other;
    draw('.language');
  });
  language.lang = TAGS[other];
  const large = button('size', [word(reader.large ? WORDS.usual : WORDS.large)], () => {
    reader.large = !reader.large;
    draw('.size');
  });
  return node('div', 'ways', [large, language]);
}

/** A text of the center's, in whatever direction it is written. */
export function foreign(name, kind, text) {
  const made = node(name, kind, [text]);
  made.dir = 'auto';
  return made;
}
