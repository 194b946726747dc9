/* Creates elements, and formats texts for people. */
const $ = id => document.getElementById(id);
const SVG = 'http://www.w3.org/2000/svg';

/* Captured text is shown unchanged, except that it must not reverse the surrounding text or contain invisible characters. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const shown = text => String(text).replace(UNSEEN, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  for (const child of children.flat(Infinity)) {
    if (child != null && child !== false) node.append(child instanceof Node ? child : shown(child));
  }
  return node;
}
const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

async function unpack(id) {
  const bytes = Uint8Array.from(atob($(id).textContent.trim()), c => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text());
}

const number = n => n.toLocaleString('en-US');
const many = (n, word, words) => number(n) + ' ' + (n === 1 ? word : words || word + 's');
const two = n => String(n).padStart(2, '0');

/* Times are UTC, in milliseconds; lengths are microseconds. */
function clock(ms, step = 1) {
  const d = new Date(ms);
  const minutes = two(d.getUTCHours()) + ':' + two(d.getUTCMinutes());
  if (step >= 6e4) return minutes;
  const seconds = minutes + ':' + two(d.getUTCSeconds());
  return step >= 1000 ? seconds : seconds + '.' + String(d.getUTCMilliseconds()).padStart(3, '0');
}
const day = ms => new Date(ms).toISOString().slice(0, 10);
const moment = ms => day(ms) + ' ' + clock(ms) + ' UTC';
function length(us) {
  if (us < 0) return '';
  if (us < 1000) return us + ' \u00b5s';
  if (us < 99950) return (us / 1000).toFixed(1) + ' ms';
  if (us < 999500) return Math.round(us / 1000) + ' ms';
  if (us < 6e7) return (us / 1e6).toFixed(1) + ' s';
  if (us < 36e8) return Math.round(us / 6e7) + ' min';
  if (us < 864e8) return (us / 36e8).toFixed(1) + ' h';
  return (us / 864e8).toFixed(1) + ' days';
}
const whole = us => length(us).replace('.0 ', ' ');
