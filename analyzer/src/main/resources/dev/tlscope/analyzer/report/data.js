/* The page's data, and the current selection. */
if (typeof DecompressionStream === 'undefined') {
  $('notice').hidden = false;
  $('notice').textContent = 'This browser is too old for this page: it needs DecompressionStream'
    + ' (Chrome 80, Firefox 113, Safari 16.4).';
  return;
}
const D = await unpack('index');
const C = D.columns;
const S = D.strings;
const N = C.time.length;
const T0 = D.start;
const COMPLETED = 0;
const FAILED = 1;
const OUTCOMES = ['completed', 'failed', 'unfinished'];
/* As in Recomputed.java. */
const NOT_DONE = 0;
const DIFFERS = 4;
const RECOMPUTED = [
  {mark: '', name: 'not recomputed', look: 'none'},
  {mark: '\u2013', name: 'no secrets captured', look: 'none'},
  {mark: '\u2713', name: 'all verifies', look: 'good'},
  {mark: '\u25d0', name: 'verifies in part', look: 'part'},
  {mark: '\u2717', name: 'differs', look: 'wrong'}];
const counted = (column, value) => C[column].reduce((sum, v) => sum + (v === value), 0);
const failed = counted('outcome', FAILED);
const completed = counted('outcome', COMPLETED);
const ends = C.time.reduce((most, t) => Math.max(most, t), 0);

const lower = S.map(text => text.toLowerCase());
/* The rank of each text in sorted order. */
const rank = new Int32Array(S.length);
S.map((_, i) => i).sort((a, b) => S[a] < S[b] ? -1 : S[a] > S[b] ? 1 : 0).forEach((at, i) => { rank[at] = i; });

const view = {query: '', outcome: failed ? FAILED : -1, facets: new Map(), sort: 'time', down: false};
const FACETS = {problem: 'problem', cause: 'cause', group: 'peer', protocol: 'version', suite: 'suite', recomputed: 'key schedule'};
const SEARCHED = ['sni', 'peer', 'local', 'protocol', 'suite', 'cause', 'summary', 'alert', 'alpn', 'group'];
let rows = new Int32Array(0);

function facetText(facet, value) {
  if (facet === 'problem') return problemName(value);
  if (facet === 'when') return stamp(T0 + value[0]) + ' to ' + stamp(T0 + value[1]);
  if (facet === 'took') return whole(value[0]) + ' to ' + whole(value[1]);
  return FACETS[facet] + ': ' + (facet === 'recomputed' ? RECOMPUTED[value].name : S[value] || '(not known)');
}

function fits(i, facet, value) {
  if (facet === 'when') return C.time[i] >= value[0] && C.time[i] < value[1];
  if (facet === 'took') return C.duration[i] >= value[0] && C.duration[i] < value[1];
  return C[facet][i] === value;
}

/* The key to sort by: smaller comes first. */
function sortKey() {
  switch (view.sort) {
    case 'sni': case 'peer': case 'protocol': case 'suite': {
      const column = C[view.sort];
      return i => rank[column[i]];
    }
    case 'result': return i => C.outcome[i] === FAILED ? rank[C.cause[i]] - S.length + rank[C.summary[i]] / (S.length + 1) : C.outcome[i];
    case 'recomputed': return i => -C.recomputed[i];
    default: {
      const column = C[view.sort];
      return i => column[i];
    }
  }
}

/* Computes the rows to show, in order. */
function select() {
  const query = view.query.toLowerCase();
  const within = query && Uint8Array.from(lower, text => text.includes(query));
  const searched = SEARCHED.map(name => C[name]);
  const facets = [...view.facets];
  const found = [];
  for (let i = 0; i < N; i++) {
    if (view.outcome >= 0 && C.outcome[i] !== view.outcome) continue;
    if (!facets.every(([facet, value]) => fits(i, facet, value))) continue;
    if (within && !searched.some(column => within[column[i]])) continue;
    found.push(i);
  }
  const key = sortKey();
  const keys = new Float64Array(N);
  for (const i of found) keys[i] = view.down ? -key(i) : key(i);
  rows = Int32Array.from(found).sort((a, b) => keys[a] - keys[b] || C.time[a] - C.time[b] || a - b);
}
