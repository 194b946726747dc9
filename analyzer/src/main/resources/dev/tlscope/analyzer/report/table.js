/* The table, which contains only the visible rows. */
const peerName = i => (C.role[i] ? '\u2190 ' : '\u2192 ') + (S[C.peer[i]] || 'address not known');
const outcome = i => C.outcome[i] !== FAILED ? OUTCOMES[C.outcome[i]]
  : (S[C.cause[i]] || 'failed') + (C.summary[i] ? ': ' + S[C.summary[i]] : '');
const days = day(T0) !== day(T0 + ends);
if (days) document.documentElement.classList.add('days');
else if (N) $('date').textContent = day(T0);
function mark(state) {
  const r = RECOMPUTED[state];
  return h('span', {class: 'mark ' + r.look, role: 'img', 'aria-label': r.name, title: r.name}, r.mark || '\u00b7');
}
const COLUMNS = [
  {key: 'time', title: 'Time, UTC', look: 'c-time', text: i => (days ? day(T0 + C.time[i]) + ' ' : '') + clock(T0 + C.time[i])},
  {key: 'sni', title: 'Server name', look: 'c-sni', text: i => S[C.sni[i]] || '(no name)'},
  {key: 'peer', title: 'Peer', look: 'c-peer', text: peerName},
  {key: 'protocol', title: 'Version', look: 'c-proto', text: i => S[C.protocol[i]]},
  {key: 'suite', title: 'Cipher suite', look: 'c-suite', text: i => S[C.suite[i]]},
  {key: 'duration', title: 'Duration', look: 'c-dur', text: i => length(C.duration[i])},
  {key: 'recomputed', title: 'Keys', look: 'c-keys', node: i => mark(C.recomputed[i])},
  {key: 'result', title: 'Outcome', look: 'c-out', text: outcome}];
let current = 0;
const live = new Map();
const rowHeight = () => parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row'));
let height = rowHeight();

function sortBy(key) {
  view.down = view.sort === key && !view.down;
  view.sort = key;
  refresh();
}
function heads() {
  if (!$('head').children.length) {
    $('head').append(...COLUMNS.map(({key, title, look}) => h('div', {role: 'columnheader', class: look},
      h('button', {type: 'button', onclick: () => sortBy(key)}, title))));
  }
  COLUMNS.forEach(({key}, at) => $('head').children[at].setAttribute('aria-sort',
    view.sort !== key ? 'none' : view.down ? 'descending' : 'ascending'));
}
function outcomes() {
  const options = [[-1, 'All', N], [FAILED, 'Failed', failed], [COMPLETED, 'Completed', completed]];
  if (!$('outcomes').children.length) {
    $('outcomes').append(...options.map(([value, name, count]) => h('button',
      {type: 'button', onclick: () => { view.outcome = value; refresh(); }}, name + ' ', h('span', {}, number(count)))));
  }
  options.forEach(([value], at) => $('outcomes').children[at].setAttribute('aria-pressed', String(view.outcome === value)));
}
function chips() {
  const all = [...view.facets].map(([facet, value]) => {
    const text = facetText(facet, value);
    return h('button', {type: 'button', 'aria-label': 'Remove the filter ' + shown(text),
      onclick: () => { view.facets.delete(facet); refresh(); $('query').focus(); }}, text);
  });
  $('chips').replaceChildren(...all);
}
/* Handles a click in a plot: filters the table by it, and scrolls there. */
function filter(facet, value) {
  view.facets.set(facet, value);
  view.outcome = facet === 'cause' || facet === 'problem' ? FAILED : -1;
  refresh();
  $('connections').scrollIntoView();
  $('connections').focus({preventScroll: true});
}
function refresh() {
  $('rows').scrollTop = 0;
  current = 0;
  select();
  heads();
  outcomes();
  chips();
  const keys = ' Arrow keys move, Enter opens.';
  $('count').textContent = rows.length
    ? many(rows.length, 'connection') + (rows.length < N ? ' of ' + number(N) : '') + '.' + keys
    : N ? 'Nothing fits these filters.' : 'There is no connection in these captures.';
  $('grid').setAttribute('aria-rowcount', rows.length + 1);
  layout();
}
function layout() {
  for (const node of live.values()) node.remove();
  live.clear();
  $('space').style.height = rows.length * height + 'px';
  $('rows').style.height = Math.min(Math.max(rows.length, 2) * height, Math.round(innerHeight * .72)) + 'px';
  draw();
}
function draw() {
  const box = $('rows');
  const first = Math.max(0, Math.floor(box.scrollTop / height) - 8);
  const last = Math.min(rows.length, Math.ceil((box.scrollTop + box.clientHeight) / height) + 8);
  for (const [at, node] of live) {
    if ((at < first || at >= last) && node !== document.activeElement) {
      node.remove();
      live.delete(at);
    }
  }
  const fresh = [];
  for (let at = first; at < last; at++) if (!live.has(at)) fresh.push(row(at));
  box.append(...fresh);
}
function row(at) {
  const i = rows[at];
  const cells = COLUMNS.map(({look, text, node}) => {
    if (node) return h('div', {role: 'gridcell', class: look}, node(i));
    const value = text(i);
    return h('div', {role: 'gridcell', class: look, title: value.length > 20 ? shown(value) : null}, h('span', {}, value));
  });
  const made = h('div', {role: 'row', class: 'row ' + OUTCOMES[C.outcome[i]] + (C.recomputed[i] === DIFFERS ? ' diverges' : ''),
    tabindex: at === current ? 0 : -1, 'aria-rowindex': at + 2, onclick: () => { move(at, true); open(i); }}, cells);
  made.style.transform = 'translateY(' + at * height + 'px)';
  live.set(at, made);
  return made;
}
function move(to, focus) {
  live.get(current)?.setAttribute('tabindex', -1);
  current = Math.max(0, Math.min(rows.length - 1, to));
  const box = $('rows');
  if (current * height < box.scrollTop) box.scrollTop = current * height;
  if ((current + 1) * height > box.scrollTop + box.clientHeight) box.scrollTop = (current + 1) * height - box.clientHeight;
  draw();
  const node = live.get(current);
  node?.setAttribute('tabindex', 0);
  if (focus) node?.focus({preventScroll: true});
}

$('rows').addEventListener('scroll', () => requestAnimationFrame(draw), {passive: true});
$('rows').addEventListener('keydown', event => {
  if (!rows.length) return;
  const page = Math.max(1, Math.floor($('rows').clientHeight / height) - 1);
  const to = {ArrowDown: current + 1, ArrowUp: current - 1, PageDown: current + page, PageUp: current - page,
    Home: 0, End: rows.length - 1}[event.key];
  if (to !== undefined) {
    event.preventDefault();
    move(to, true);
  } else if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    open(rows[current]);
  }
});
let typing = 0;
$('query').addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => { view.query = $('query').value.trim(); refresh(); }, 80);
});
