'use strict';
(async () => {
const $ = id => document.getElementById(id);
const SVG = 'http://www.w3.org/2000/svg';
/* Captured text is shown as it is, but must not turn the text around it, nor hide in it. */
const shown = text => String(text).replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
  c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  for (const child of children.flat(Infinity)) if (child != null) node.append(child instanceof Node ? child : shown(child));
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
const many = (n, word) => number(n) + ' ' + word + (n === 1 ? '' : 's');
const two = n => String(n).padStart(2, '0');
const clock = ms => { const d = new Date(ms); return two(d.getUTCHours()) + ':' + two(d.getUTCMinutes()) + ':' + two(d.getUTCSeconds())
  + '.' + String(d.getUTCMilliseconds()).padStart(3, '0'); };
const day = ms => new Date(ms).toISOString().slice(0, 10);
const moment = ms => day(ms) + ' ' + clock(ms) + 'Z';
const length = us => us < 0 ? '' : us < 1000 ? us + ' \u00b5s' : us < 99950 ? (us / 1000).toFixed(1) + ' ms'
  : us < 1e6 ? Math.round(us / 1000) + ' ms' : us < 6e7 ? (us / 1e6).toFixed(1) + ' s' : Math.round(us / 6e7) + ' min';

if (typeof DecompressionStream === 'undefined') {
  $('notice').hidden = false;
  $('notice').textContent = 'This browser is too old for this page: it needs DecompressionStream (Chrome 80, Firefox 113, Safari 16.4).';
  return;
}
const D = await unpack('index');
const C = D.columns, S = D.strings, N = C.time.length, T0 = D.start;
const FAILED = 1;
const OUTCOMES = ['completed', 'failed', 'unfinished'];
const failed = C.outcome.reduce((sum, o) => sum + (o === FAILED), 0);
const completed = C.outcome.reduce((sum, o) => sum + (o === 0), 0);
const ends = C.time.reduce((most, t) => Math.max(most, t), 0);

/* Head and figures */
$('headline').replaceChildren(...(D.failed
  ? [h('em', {}, many(D.failed, 'failure')), ' in ' + many(D.total, 'TLS handshake')]
  : ['No failure in ' + many(D.total, 'TLS handshake')]));
$('span').textContent = (N ? moment(T0) + ' to ' + (day(T0) === day(T0 + ends) ? clock(T0 + ends) + 'Z' : moment(T0 + ends)) + ', from ' : 'From ')
  + shown(D.files.length === 1 ? D.files[0] : many(D.files.length, 'capture'));
$('made').textContent = shown('Made by tlscope ' + D.version + ' on ' + D.made + '. This page is complete in itself, loads nothing and holds no secret.');
const notices = [];
if (N < D.total) notices.push('The plots and the table show ' + number(N) + ' of ' + number(D.total) + ' handshakes: all failures first, as far as this page has room. The headline counts all.');
if (D.undetailed) notices.push(many(D.undetailed, 'failure') + ' could not be given details, for this page has no room for more.');
for (const trouble of D.troubles) notices.push(trouble);
if (notices.length) { $('notice').hidden = false; $('notice').replaceChildren(...notices.map(n => h('div', {}, n))); }
const durations = C.duration.filter((d, i) => d >= 0 && C.outcome[i] === 0).sort((a, b) => a - b);
const quantile = q => durations[Math.min(durations.length - 1, Math.floor(q * durations.length))];
const tile = (name, value, bad) => h('div', bad ? {class: 'bad'} : {}, h('dt', {}, name), h('dd', {}, value));
$('tiles').append(tile('handshakes', number(D.total)), tile('failed', number(D.failed), D.failed > 0),
  tile('of all', D.total ? (100 * D.failed / D.total).toFixed(D.failed && D.failed / D.total < .01 ? 2 : 1) + ' %' : '-'),
  tile('unfinished', number(D.unfinished)),
  ...(durations.length ? [tile('median', length(quantile(.5))), tile('95 %', length(quantile(.95))), tile('99 %', length(quantile(.99)))] : []));

/* What is shown */
const view = {query: '', outcome: failed ? FAILED : -1, facets: new Map(), sort: 'time', down: false};
let rows = new Int32Array(0);
const FACETS = {cause: 'cause', group: 'peer', protocol: 'version', suite: 'suite'};
const COLUMNS = [
  ['time', 'Time', '', i => clock(T0 + C.time[i]), 'q'],
  ['sni', 'Server name', '', i => S[C.sni[i]] || '(no name)', ''],
  ['peer', 'Peer', '', i => (C.role[i] ? '\u2190 ' : '\u2192 ') + (S[C.peer[i]] || 'address not known'), 'm'],
  ['protocol', 'Version', '', i => S[C.protocol[i]], ''],
  ['suite', 'Cipher suite', '', i => S[C.suite[i]], 'm q'],
  ['duration', 'Duration', 'n', i => length(C.duration[i]), 'n'],
  ['result', 'Outcome', '', i => C.outcome[i] === FAILED ? S[C.cause[i]] || 'failed' : OUTCOMES[C.outcome[i]], 'out']];
const SHORT = {time: 'c-time', sni: 'c-sni', peer: 'c-peer', protocol: 'c-proto', suite: 'c-suite', duration: 'c-dur', result: 'c-out'};

function select() {
  let within = null;
  if (view.query) {
    const q = view.query.toLowerCase();
    within = S.map(text => text.toLowerCase().includes(q));
  }
  const found = [];
  rows: for (let i = 0; i < N; i++) {
    if (view.outcome >= 0 && C.outcome[i] !== view.outcome) continue;
    for (const [facet, value] of view.facets) {
      if (facet === 'when') { if (C.time[i] < value[0] || C.time[i] >= value[1]) continue rows; }
      else if (facet === 'took') { if (C.duration[i] < value[0] || C.duration[i] >= value[1]) continue rows; }
      else if (C[facet][i] !== value) continue rows;
    }
    if (within && !(within[C.sni[i]] || within[C.peer[i]] || within[C.local[i]] || within[C.protocol[i]] || within[C.suite[i]]
      || within[C.cause[i]] || within[C.alert[i]] || within[C.alpn[i]])) continue;
    found.push(i);
  }
  const text = {sni: C.sni, peer: C.peer, protocol: C.protocol, suite: C.suite}[view.sort];
  const key = text ? i => rank[text[i]] : view.sort === 'result' ? i => C.outcome[i] === FAILED ? rank[C.cause[i]] - S.length : C.outcome[i]
    : i => C[view.sort][i];
  const sign = view.down ? -1 : 1;
  found.sort((a, b) => sign * (key(a) - key(b)) || C.time[a] - C.time[b] || a - b);
  rows = Int32Array.from(found);
  const parts = [many(rows.length, 'connection') + (rows.length < N ? ' of ' + number(N) : '')];
  $('count').textContent = parts.join('') + '. Arrow keys move, Enter opens.';
  $('grid').setAttribute('aria-rowcount', rows.length + 1);
  current = Math.min(current, Math.max(0, rows.length - 1));
  layout();
}
const rank = (() => { const order = S.map((_, i) => i).sort((a, b) => S[a] < S[b] ? -1 : S[a] > S[b] ? 1 : 0); const r = []; order.forEach((at, i) => r[at] = i); return r; })();

function heads() {
  $('head').replaceChildren(...COLUMNS.map(([key, title, kind]) => h('div', {role: 'columnheader', class: kind + ' ' + SHORT[key],
    'aria-sort': view.sort === key ? (view.down ? 'descending' : 'ascending') : 'none'},
    h('button', {type: 'button', onclick: () => { view.down = view.sort === key && !view.down; view.sort = key; $('rows').scrollTop = 0; heads(); select();
      $('head').children[COLUMNS.findIndex(c => c[0] === key)].firstChild.focus(); }}, title))));
}
function outcomes() {
  const options = [[-1, 'All', N], [FAILED, 'Failed', failed], [0, 'Completed', completed]];
  $('outcomes').replaceChildren(...options.map(([value, name, count]) => h('button', {type: 'button', 'aria-pressed': String(view.outcome === value),
    onclick: event => { view.outcome = value; for (const b of $('outcomes').children) b.setAttribute('aria-pressed', String(b === event.currentTarget)); refresh(); }},
    name + ' ' + number(count))));
}
function chips() {
  $('chips').replaceChildren(...[...view.facets].map(([facet, value]) => {
    const text = facet === 'when' ? clock(T0 + value[0]) + ' to ' + clock(T0 + value[1]) : facet === 'took' ? length(value[0]) + ' to ' + length(value[1])
      : FACETS[facet] + ': ' + (S[value] || '(none)');
    return h('button', {type: 'button', 'aria-label': 'Remove the filter ' + shown(text), onclick: () => { view.facets.delete(facet); chips(); refresh(); $('query').focus(); }}, text);
  }));
}
function refresh() { $('rows').scrollTop = 0; current = 0; select(); }
function filter(facet, value) {
  view.facets.set(facet, value);
  if (facet !== 'cause' && facet !== 'when') view.outcome = -1;
  if (facet === 'cause') view.outcome = FAILED;
  if (facet === 'when') view.outcome = -1;
  outcomes(); chips(); refresh();
  $('connections').scrollIntoView();
  $('connections').focus({preventScroll: true});
}

/* The table holds only the rows that are in sight. */
let current = 0;
const live = new Map();
const rowHeight = () => parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--row'));
let height = rowHeight();
function layout() {
  for (const node of live.values()) node.remove();
  live.clear();
  $('space').style.height = rows.length * height + 'px';
  $('rows').style.height = Math.min(Math.max(rows.length, 3) * height, Math.round(innerHeight * .72)) + 'px';
  draw();
}
function draw() {
  const box = $('rows');
  const first = Math.max(0, Math.floor(box.scrollTop / height) - 8);
  const last = Math.min(rows.length, Math.ceil((box.scrollTop + box.clientHeight) / height) + 8);
  for (const [at, node] of live) if ((at < first || at >= last) && node !== document.activeElement) { node.remove(); live.delete(at); }
  for (let at = first; at < last; at++) if (!live.has(at)) {
    const i = rows[at];
    const node = h('div', {role: 'row', class: 'row ' + OUTCOMES[C.outcome[i]], tabindex: at === current ? 0 : -1, 'aria-rowindex': at + 2,
      onclick: () => { move(at, true); open(i); }},
      COLUMNS.map(([key, , , text, look]) => h('div', {role: 'gridcell', class: look + ' ' + SHORT[key], title: key === 'suite' || key === 'peer' || key === 'sni' ? shown(text(i)) : null}, text(i))));
    node.style.transform = 'translateY(' + at * height + 'px)';
    live.set(at, node);
    box.append(node);
  }
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
  const page = Math.floor($('rows').clientHeight / height) - 1;
  const to = {ArrowDown: current + 1, ArrowUp: current - 1, PageDown: current + page, PageUp: current - page, Home: 0, End: rows.length - 1}[event.key];
  if (to !== undefined) { event.preventDefault(); move(to, true); }
  if ((event.key === 'Enter' || event.key === ' ') && rows.length) { event.preventDefault(); open(rows[current]); }
});
addEventListener('resize', () => { height = rowHeight(); layout(); });
let typing = 0;
$('query').addEventListener('input', () => { clearTimeout(typing); typing = setTimeout(() => { view.query = $('query').value.trim(); refresh(); }, 80); });

/* Plots */
function plot(title, wide, ...content) { $('plots').append(h('section', {class: wide ? 'plot wide' : 'plot'}, h('h3', {}, title), content)); }
function columns(counts, label, ticks, describe, act, name) {
  const W = 640, H = 150, most = Math.max(1, ...counts.map(c => c[0] + c[1])), step = W / counts.length, gap = step > 5 ? 1.5 : .4;
  const y = v => v / most * (H - 12);
  const svg = s('svg', {viewBox: '0 0 ' + W + ' ' + (H + 20), role: 'group', 'aria-label': label});
  svg.append(s('line', {class: 'axis', x1: 0, x2: W, y1: H, y2: H}), s('text', {x: 0, y: 9}, number(most) + ' ' + name));
  counts.forEach(([good, bad], at) => {
    if (good) svg.append(s('rect', {class: 'ok', x: at * step, width: Math.max(.5, step - gap), y: H - y(good + bad), height: y(good)}));
    if (bad) svg.append(s('rect', {class: 'bad', x: at * step, width: Math.max(.5, step - gap), y: H - Math.max(2, y(bad)), height: Math.max(2, y(bad))}));
    if (good + bad) {
      const hit = s('rect', {class: 'hit', x: at * step, width: step, y: 0, height: H, role: 'button', 'aria-label': describe(at), tabindex: -1, onclick: () => act(at)}, s('title', {}, describe(at)));
      svg.append(hit);
    }
  });
  /* one stop for the keyboard, arrows within */
  const hits = [...svg.querySelectorAll('.hit')];
  if (hits.length) hits[0].setAttribute('tabindex', 0);
  svg.addEventListener('keydown', event => {
    const at = hits.indexOf(document.activeElement);
    const to = {ArrowRight: at + 1, ArrowLeft: at - 1}[event.key];
    if (to !== undefined && hits[to]) { event.preventDefault(); hits[at].setAttribute('tabindex', -1); hits[to].setAttribute('tabindex', 0); hits[to].focus(); }
    if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); hits[at]?.dispatchEvent(new Event('click')); }
  });
  for (const [x, text, anchor] of ticks) svg.append(s('text', {x: x * W, y: H + 15, 'text-anchor': anchor || 'middle'}, text));
  return svg;
}
function bars(facet, of, withBad) {
  const counts = new Map();
  for (let i = 0; i < N; i++) if (of(i)) {
    const key = C[facet][i], c = counts.get(key) || [0, 0];
    c[C.outcome[i] === FAILED ? 1 : 0]++;
    counts.set(key, c);
  }
  const all = [...counts].sort((a, b) => (b[1][0] + b[1][1]) - (a[1][0] + a[1][1]));
  if (!all.length) return [h('p', {class: 'empty'}, 'None.')];
  const most = all[0][1][0] + all[0][1][1];
  const list = h('ul', {class: 'bars'}, all.slice(0, 6).map(([key, [good, bad]]) => {
    const scale = 100 / most;
    return h('li', {}, h('button', {type: 'button', onclick: () => filter(facet, key)}, h('span', {class: 'name', title: shown(S[key])}, S[key] || '(not known)'),
      h('span', {class: 'num'}, number(good + bad) + (withBad && bad ? ', ' + number(bad) + ' failed' : '')),
      s('svg', {viewBox: '0 0 100 5', preserveAspectRatio: 'none', 'aria-hidden': 'true'},
        bad ? s('rect', {class: 'bad', x: 0, y: 0, height: 5, width: Math.max(.8, bad * scale)}) : null,
        good ? s('rect', {class: 'ok', x: bad ? Math.max(.8, bad * scale) : 0, y: 0, height: 5, width: Math.max(.8, good * scale)}) : null)));
  }));
  return all.length > 6 ? [list, h('p', {class: 'more'}, many(all.length - 6, 'other'))] : [list];
}
function plots() {
  if (!N) return;
  const buckets = Math.min(80, Math.max(8, Math.ceil(Math.sqrt(N)) * 2)), width = (ends + 1) / buckets;
  const over = Array.from({length: buckets}, () => [0, 0]);
  for (let i = 0; i < N; i++) over[Math.min(buckets - 1, Math.floor(C.time[i] / width))][C.outcome[i] === FAILED ? 1 : 0]++;
  const time = at => clock(T0 + at * width).slice(0, ends < 6e4 ? 12 : 8);
  plot('Handshakes over time', true, columns(over, 'Handshakes over time, failed and not', [[0, time(0), 'start'], [.5, time(buckets / 2)], [1, time(buckets), 'end']],
    at => time(at) + ': ' + number(over[at][0] + over[at][1]) + ', ' + number(over[at][1]) + ' failed',
    at => filter('when', [Math.floor(at * width), Math.ceil((at + 1) * width)]), 'per ' + length(Math.round(width * 1000))));
  plot('Failures by cause', false, bars('cause', i => C.outcome[i] === FAILED, false));
  const taken = C.duration.filter(d => d > 0);
  if (taken.length) {
    const low = Math.floor(Math.log10(taken.reduce((a, b) => Math.min(a, b), Infinity))), high = Math.max(low + 1, Math.ceil(Math.log10(taken.reduce((a, b) => Math.max(a, b), 0) + 1)));
    const per = Math.max(4, Math.floor(48 / (high - low))), bins = (high - low) * per, dist = Array.from({length: bins}, () => [0, 0]);
    for (let i = 0; i < N; i++) if (C.duration[i] > 0) dist[Math.min(bins - 1, Math.floor((Math.log10(C.duration[i]) - low) * per))][C.outcome[i] === FAILED ? 1 : 0]++;
    const edge = at => 10 ** (low + at / per);
    const ticks = []; for (let e = low; e <= high; e++) ticks.push([(e - low) / (high - low), length(10 ** e).replace('.0', ''), e === low ? 'start' : e === high ? 'end' : 'middle']);
    plot('Duration, to completion or failure', true, columns(dist, 'How long handshakes took', ticks,
      at => length(Math.round(edge(at))) + ' to ' + length(Math.round(edge(at + 1))) + ': ' + number(dist[at][0] + dist[at][1]) + ', ' + number(dist[at][1]) + ' failed',
      at => filter('took', [Math.ceil(edge(at)), Math.ceil(edge(at + 1))]), 'handshakes'));
  }
  plot('By version', false, bars('protocol', () => true, true));
  plot('By cipher suite', false, bars('suite', () => true, true));
  plot('By peer', false, bars('group', () => true, true));
  plot('Failures by peer', false, bars('group', i => C.outcome[i] === FAILED, false));
}

/* One connection */
const chunks = new Map();
function detail(i) {
  const at = C.detail[i];
  if (at < 0) return Promise.resolve(null);
  const chunk = Math.floor(at / D.chunk);
  if (!chunks.has(chunk)) chunks.set(chunk, unpack('d' + chunk));
  return chunks.get(chunk).then(list => list[at % D.chunk]);
}
const facts = list => h('dl', {class: 'facts'}, list.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
const part = (title, ...content) => h('section', {}, h('h3', {}, title), content);
let asked = 0;
async function open(i) {
  const mine = ++asked, panel = $('panel'), at = rows.indexOf(i);
  const d = await detail(i);
  if (mine !== asked) return;
  const go = by => () => { move(at + by, false); open(rows[at + by]); };
  panel.replaceChildren(
    h('div', {class: 'ph'}, h('div', {}, h('h2', {id: 'panel-title'}, (S[C.sni[i]] || S[C.peer[i]] || 'Connection ' + C.connection[i])),
      h('p', {}, [moment(T0 + C.time[i]), C.role[i] ? 'server' : 'client', S[C.protocol[i]], S[C.suite[i]], OUTCOMES[C.outcome[i]] + (C.duration[i] >= 0 ? ' after ' + length(C.duration[i]) : '')].filter(Boolean).join(', '))),
      h('span', {class: 'step'}, h('button', {type: 'button', disabled: at <= 0, onclick: go(-1)}, 'Previous'), h('button', {type: 'button', disabled: at < 0 || at >= rows.length - 1, onclick: go(1)}, 'Next')),
      h('button', {type: 'button', class: 'close', onclick: () => panel.close()}, 'Close')),
    h('div', {class: 'pb'}, d ? [why(d), sequence(i, d), certificates(d), schedule(d)] : h('p', {class: 'empty'},
      'This page has details of every failure, and of some completed handshakes of each kind; not of this one. tlscope show prints it: connection ' + C.connection[i] + ' of ' + D.files[C.file[i]] + '.'),
      part('Facts', facts([['this side', (C.role[i] ? 'server ' : 'client ') + S[C.local[i]]], ['peer', S[C.peer[i]] || 'address not known'], ...(S[C.alpn[i]] ? [['ALPN', S[C.alpn[i]]]] : []),
        ...(d ? d.facts : []), ['capture', D.files[C.file[i]] + ', connection ' + C.connection[i]]]))));
  panel.scrollTop = 0;
  if (!panel.open) panel.showModal();
  panel.querySelector('.close').focus({preventScroll: true});
}
$('panel').addEventListener('close', () => { asked++; live.get(current)?.focus({preventScroll: true}); });
$('panel').addEventListener('click', event => { if (event.target === $('panel')) $('panel').close(); });
function why(d) {
  const f = d.finding;
  return f && h('section', {class: 'why', 'aria-label': 'Why it failed'}, h('h3', {}, f.cause + ' (' + f.confidence + ')'), h('p', {class: 'sum'}, f.summary),
    f.fix.length ? [h('h4', {}, 'What to do'), h('ol', {}, f.fix.map(step => h('li', {}, step)))] : null,
    f.evidence.length ? [h('h4', {}, 'Evidence'), facts(f.evidence)] : null);
}
function tree(fields) {
  return h('ul', {class: 'tree'}, fields.map(([name, kind, value, children]) => h('li', {}, h('span', {class: kind === 'm' ? 'wrong' : 'k'}, name), value === '' ? null : ' ',
    value === '' ? null : h('span', {class: kind === 'b' ? 'bytes' : kind === 'm' ? 'wrong' : ''}, value), children ? tree(children) : null)));
}
function hex(text, cut) {
  const lines = [];
  for (let at = 0; at < text.length; at += 32) {
    const bytes = text.slice(at, at + 32).match(/../g);
    lines.push((at / 2).toString(16).padStart(4, '0') + '  ' + bytes.join(' ').padEnd(47) + '  '
      + bytes.map(b => { const c = parseInt(b, 16); return c > 31 && c < 127 ? String.fromCharCode(c) : '.'; }).join(''));
  }
  const pre = h('pre', {tabindex: 0});
  pre.textContent = lines.join('\n');
  return h('details', {}, h('summary', {}, 'Bytes'), pre,
    cut ? h('p', {class: 'more'}, cut + ' bytes more') : null);
}
function sequence(i, d) {
  const list = h('ol', {class: 'msgs'});
  let before = 0, way = null;
  d.messages.forEach((m, at) => {
    if (at && m.t - before >= 1000 && way !== m.sent) list.append(h('li', {class: 'gap', 'aria-label': 'pause of ' + length(m.t - before)}, h('span', {class: 'at'}), h('span', {class: 'lane'}, length(m.t - before) + ' later')));
    before = m.t; way = m.sent;
    const id = 'm' + at;
    const item = h('li', {class: 'msg ' + (m.sent ? 's' : 'r') + (m.alert ? ' alert' : '')});
    const button = h('button', {type: 'button', 'aria-expanded': 'false', 'aria-controls': id, 'aria-label': (m.sent ? 'sent ' : 'received ') + shown(m.name) + ', ' + m.size + ' bytes, after ' + length(m.t), onclick: () => {
      const now = button.getAttribute('aria-expanded') !== 'true';
      button.setAttribute('aria-expanded', String(now));
      if (now) item.append(h('div', {class: 'open', id}, m.fields.length ? tree(m.fields) : null, m.hex ? hex(m.hex, m.cut) : h('p', {class: 'empty'}, 'No bytes.')));
      else item.querySelector('.open').remove();
    }}, h('span', {class: 'at'}, length(m.t)), h('span', {class: 'lane'}, m.name, h('i', {}, m.note || m.size + ' B')));
    item.append(button);
    list.append(item);
  });
  list.append(h('li', {class: 'end ' + OUTCOMES[C.outcome[i]]}, h('span', {class: 'at'}), h('span', {class: 'lane'}, C.outcome[i] === FAILED ? 'failed: ' + S[C.alert[i]] : OUTCOMES[C.outcome[i]])));
  return part('Messages', h('div', {class: 'ladder'}, h('div', {class: 'ends'}, h('span'), h('span', {}, h('b', {}, C.role[i] ? 'this server' : 'this client'), h('b', {}, C.role[i] ? 'client' : 'server'))), list),
    d.unlisted ? h('p', {class: 'more'}, many(d.unlisted, 'message') + ' more') : null);
}
function certificates(d) {
  return d.chains.length ? part('Certificates', d.chains.map(chain => [h('p', {class: 'sub4'}, chain.title), chain.certificates.map(c => h('div', {class: 'cert'}, facts(c)))])) : null;
}
function schedule(d) {
  return d.schedule.length ? part('Key schedule', h('div', {class: 'scroll'}, h('table', {class: 'marks'}, h('tbody', {}, d.schedule.map(([name, verdict, text]) =>
    h('tr', {class: verdict}, h('th', {scope: 'row', class: 'mono'}, name), h('td', {class: 'v'}, ({verified: '\u2713 ', differs: '\u2717 '}[verdict] || '') + verdict), h('td', {}, text))))))) : null;
}

heads(); outcomes(); plots(); select();
$('main').setAttribute('aria-busy', 'false');
document.documentElement.dataset.ready = 'yes';
})().catch(error => { const n = document.getElementById('notice'); n.hidden = false; n.textContent = 'This page could not be drawn: ' + error; throw error; });
