/* Plots with axes. They are drawn for the available width, so that their text has the normal size. */
const AXIS = {left: 46, right: 10, top: 14, bottom: 40, height: 190};
const NICE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 15e3, 3e4, 6e4, 12e4, 3e5, 6e5, 9e5, 18e5, 36e5, 72e5, 108e5,
  216e5, 432e5, 864e5, 1728e5, 6048e5];
const nice = ms => NICE.find(step => step >= ms) || Math.ceil(ms / 6048e5) * 6048e5;
const redraws = [];

/* Ticks of a count: at most four whole numbers, from 0 to at least the maximum. */
function countTicks(most) {
  const rough = Math.max(1, most / 4), power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(n => n * power).find(n => n >= rough);
  const ticks = [];
  for (let at = 0; ; at += step) {
    ticks.push(at);
    if (at >= most) return ticks;
  }
}

/*
 * A histogram: counts are pairs of the numbers that did not fail and that failed. spec has label, unit (of x), what (is counted),
 * ticks(width) as [place from 0 to 1, text], describe(at), act(at), marks as [place, text].
 */
function histogram(spec, counts) {
  const box = h('div', {class: 'canvas'});
  const paint = () => box.replaceChildren(drawHistogram(spec, counts, Math.max(240, box.clientWidth)));
  return {box, paint};
}
function drawHistogram(spec, counts, width) {
  const inner = width - AXIS.left - AXIS.right, bottom = AXIS.top + AXIS.height;
  const ticks = countTicks(Math.max(1, ...counts.map(c => c[0] + c[1]))), most = ticks[ticks.length - 1];
  const y = v => bottom - v / most * AXIS.height;
  const step = inner / counts.length, gap = step > 6 ? 1.5 : step > 3 ? 1 : 0;
  const svg = s('svg', {width, height: bottom + AXIS.bottom, viewBox: '0 0 ' + width + ' ' + (bottom + AXIS.bottom), role: 'group',
    'aria-label': spec.label});
  for (const tick of ticks) {
    svg.append(s('line', {class: tick ? 'grid-line' : 'axis', x1: AXIS.left, x2: width - AXIS.right, y1: y(tick), y2: y(tick)}),
      s('text', {x: AXIS.left - 8, y: y(tick) + 4, 'text-anchor': 'end'}, number(tick)));
  }
  const rect = (look, at, from, to) => s('rect', {class: look, x: AXIS.left + at * step + gap / 2, width: Math.max(1, step - gap),
    y: y(to), height: Math.max(0, y(from) - y(to))});
  const hits = [];
  counts.forEach(([good, bad], at) => {
    if (!(good + bad)) return;
    const seen = bad && Math.max(bad, most / AXIS.height * 2);
    if (bad) svg.append(rect('bad', at, 0, seen));
    if (good) svg.append(rect('ok', at, seen, Math.max(seen, good + bad)));
    hits.push(s('rect', {class: 'hit', x: AXIS.left + at * step, width: step, y: AXIS.top, height: AXIS.height, role: 'button',
      'aria-label': spec.describe(at), tabindex: hits.length ? -1 : 0, onclick: () => spec.act(at)}, s('title', {}, spec.describe(at))));
  });
  (spec.marks || []).forEach(([place, text], at) => {
    const x = AXIS.left + place * inner, left = place > .6;
    svg.append(s('line', {class: 'quantile', x1: x, x2: x, y1: AXIS.top - 4, y2: bottom}),
      s('text', {class: 'quantile-text', x: x + (left ? -5 : 5), y: AXIS.top + 6 + 15 * at, 'text-anchor': left ? 'end' : 'start'}, text));
  });
  svg.append(...hits);
  for (const [place, text] of spec.ticks(inner)) {
    const x = AXIS.left + place * inner;
    const anchor = x - AXIS.left < 24 ? 'start' : width - x < 34 ? 'end' : 'middle';
    svg.append(s('line', {class: 'axis', x1: x, x2: x, y1: bottom, y2: bottom + 4}),
      s('text', {x: anchor === 'end' ? Math.min(x + 10, width) : x, y: bottom + 18, 'text-anchor': anchor}, text));
  }
  svg.append(s('text', {class: 'unit', x: width - AXIS.right, y: bottom + 35, 'text-anchor': 'end'}, spec.unit),
    s('text', {class: 'unit', x: AXIS.left, y: bottom + 35}, spec.what));
  svg.addEventListener('keydown', event => walk(event, hits));
  return svg;
}
/* One tab stop; arrow keys move within. */
function walk(event, hits) {
  const at = hits.indexOf(document.activeElement);
  if (at < 0) return;
  const to = {ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: hits.length - 1}[event.key];
  if (to !== undefined && hits[to]) {
    event.preventDefault();
    hits[at].setAttribute('tabindex', -1);
    hits[to].setAttribute('tabindex', 0);
    hits[to].focus();
  } else if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    hits[at].dispatchEvent(new Event('click'));
  }
}

/* Long names break between their parts. */
const breakable = text => text.match(/[^_]*_|[^_]+/g).flatMap(part => [part, h('wbr')]);

/* Bars of a facet's values, the most frequent first; of(i) says which connections count. */
function bars(facet, of) {
  const counts = new Map();
  for (let i = 0; i < N; i++) {
    if (!of(i)) continue;
    const key = C[facet][i];
    let c = counts.get(key);
    if (!c) counts.set(key, c = [0, 0]);
    c[(facet === 'recomputed' ? key === DIFFERS : C.outcome[i] === FAILED) ? 1 : 0]++;
  }
  const all = [...counts].sort(([, a], [, b]) => b[0] + b[1] - a[0] - a[1]);
  if (!all.length) return [h('p', {class: 'empty'}, 'None.')];
  const most = all[0][1][0] + all[0][1][1];
  const bar = ([key, [good, bad]]) => {
    const scale = 100 / most, start = bad ? Math.max(.8, bad * scale) : 0;
    return h('li', {}, h('button', {type: 'button', onclick: () => filter(facet, key)},
      h('span', {class: 'name'}, facet === 'recomputed' ? RECOMPUTED[key].name : breakable(S[key] || '(not known)')),
      h('span', {class: 'num'}, number(good + bad), bad && good ? [' ', h('span', {class: 'fails'}, number(bad) + ' failed')] : null),
      s('svg', {viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true'},
        bad ? s('rect', {class: 'bad', x: 0, y: 0, height: 6, width: start}) : null,
        good ? s('rect', {class: 'ok', x: start, y: 0, height: 6, width: Math.max(.8, good * scale)}) : null)));
  };
  const FEW = 6, MANY = 60;
  const list = h('ul', {class: 'bars'}, all.slice(0, FEW).map(bar));
  if (all.length <= FEW) return [list];
  const more = h('button', {type: 'button', class: 'more', 'aria-expanded': 'false', onclick: () => {
    const wide = more.getAttribute('aria-expanded') !== 'true';
    more.setAttribute('aria-expanded', String(wide));
    list.replaceChildren(...all.slice(0, wide ? MANY : FEW).map(bar));
    more.textContent = wide ? 'Show the first ' + FEW : text;
  }});
  const text = all.length > MANY ? 'Show the first ' + MANY + ' of ' + number(all.length) : 'Show all ' + all.length;
  more.textContent = text;
  return [list, more];
}
