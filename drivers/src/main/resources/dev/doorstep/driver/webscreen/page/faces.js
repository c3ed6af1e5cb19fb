// The faces of the five levels and the mark of thanks, drawn: no font is asked for a picture that it may not have.

const SVG = 'http://www.w3.org/2000/svg';

const FACES = {
  VERY_SATISFIED: {tint: 'face-1', mouth: 'M27 57 Q50 91 73 57 Z', open: true},
  SATISFIED: {tint: 'face-2', mouth: 'M29 60 Q50 81 71 60'},
  FAIRLY_SATISFIED: {tint: 'face-3', mouth: 'M31 66 Q50 70 69 66'},
  DISSATISFIED: {tint: 'face-4', mouth: 'M30 74 Q50 55 70 74'},
  VERY_DISSATISFIED: {tint: 'face-5', mouth: 'M28 77 Q50 50 72 77', brows: true},
};

/** A face as an SVG element; decoration alone, the words beside it say what it means. */
export function face(level) {
  const look = FACES[level];
  const svg = disc(look.tint);
  svg.append(
      shape('circle', {cx: 34, cy: 41, r: 5, class: 'ink'}),
      shape('circle', {cx: 66, cy: 41, r: 5, class: 'ink'}),
      shape('path', {d: look.mouth, class: look.open ? 'line ink' : 'line'}));
  if (look.brows) {
    svg.append(
        shape('path', {d: 'M24 27 L40 33', class: 'line'}),
        shape('path', {d: 'M76 27 L60 33', class: 'line'}));
  }
  return svg;
}

/** Whether there is a face for a level. */
export function knows(level) {
  return Object.prototype.hasOwnProperty.call(FACES, level);
}

/** The mark of what is done; not a face, so that it judges no answer. */
export function done() {
  const svg = disc('done');
  svg.append(shape('path', {d: 'M29 52 L44 67 L72 36', class: 'line'}));
  return svg;
}

function disc(tint) {
  const svg = shape('svg', {viewBox: '0 0 100 100', class: 'face', 'aria-hidden': 'true'});
  svg.append(shape('circle', {cx: 50, cy: 50, r: 46, class: tint}));
  return svg;
}

function shape(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const key of Object.keys(attributes)) {
    node.setAttribute(key, attributes[key]);
  }
  return node;
}
