/* The details of one connection. They are decompressed together with those of its neighbours. */
const chunks = new Map();
function detail(i) {
  const at = C.detail[i];
  if (at < 0) return Promise.resolve(null);
  const chunk = Math.floor(at / D.chunk);
  if (!chunks.has(chunk)) {
    if (chunks.size > 40) chunks.delete(chunks.keys().next().value);
    chunks.set(chunk, unpack('d' + chunk));
  }
  return chunks.get(chunk).then(list => list[at % D.chunk]);
}
const facts = list => h('dl', {class: 'facts'}, list.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
const part = (title, ...content) => h('section', {}, h('h3', {}, title), content);

let asked = 0;
async function open(i) {
  const mine = ++asked, panel = $('panel'), at = rows.indexOf(i);
  const d = await detail(i);
  if (mine !== asked) return;
  const step = (name, by) => h('button', {type: 'button', disabled: at < 0 || !(at + by in rows),
    onclick: () => { move(at + by, false); open(rows[at + by]); }}, name);
  const title = h('h2', {id: 'panel-title', tabindex: -1}, S[C.sni[i]] || S[C.peer[i]] || 'Connection ' + C.connection[i]);
  const told = [C.role[i] ? 'server' : 'client', S[C.protocol[i]], S[C.suite[i]], moment(T0 + C.time[i])];
  panel.replaceChildren(
    h('div', {class: 'ph'}, h('div', {}, title, h('p', {}, told.filter(Boolean).map((one, n) => [n ? ' \u00b7 ' : null, h('span', {}, one)]))),
      h('span', {class: 'step'}, step('Previous', -1), step('Next', 1)),
      h('button', {type: 'button', class: 'close', onclick: shut}, 'Close')),
    h('div', {class: 'pb'},
      d ? [why(d), diverges(d), sequence(i, d), timing(i, d), certificates(d), schedule(d)] : h('p', {class: 'empty'},
        'The messages of this connection are not in this page: it has those of failures, and of as many others as --details allows. '
        + 'Nor was its key schedule recomputed. tlscope show --connection ' + C.connection[i] + ' ' + D.files[C.file[i]] + ' prints it.'),
      part('Connection', facts([['outcome', outcome(i) + (C.duration[i] >= 0 ? ' after ' + length(C.duration[i]) : '')],
        ['this side', (C.role[i] ? 'server ' : 'client ') + (S[C.local[i]] || 'of unknown address')], ['peer', S[C.peer[i]] || 'address not known'],
        ...(S[C.alpn[i]] ? [['ALPN', S[C.alpn[i]]]] : []), ...(d ? d.facts : []),
        ['capture', D.files[C.file[i]] + ', connection ' + C.connection[i]]]))));
  if (!panel.open) panel.showModal();
  panel.scrollTop = 0;
  panel.style.scrollPaddingTop = panel.firstChild.offsetHeight + 20 + 'px';
  title.focus({preventScroll: true});
}
/* Cancels the decompression. The close event comes too late for that, because another row may have been opened by then. */
function shut() {
  asked++;
  $('panel').close();
}
$('panel').addEventListener('cancel', () => { asked++; });
$('panel').addEventListener('close', () => { if (!$('panel').open) live.get(current)?.focus({preventScroll: true}); });
$('panel').addEventListener('click', event => { if (event.target === $('panel')) shut(); });

function why(d) {
  const f = d.finding;
  return f && h('section', {class: 'why', 'aria-label': 'Why it failed'},
    h('h3', {}, f.cause, h('span', {class: 'sure'}, f.confidence)), h('p', {class: 'sum'}, f.summary),
    f.fix.length ? [h('h4', {}, 'What to do'), h('ol', {}, f.fix.map(step => h('li', {}, step)))] : null,
    f.evidence.length ? [h('h4', {}, 'Evidence'), facts(f.evidence)] : null,
    f.candidates.length ? [h('h4', {}, 'Or else'), facts(f.candidates)] : null,
    f.references ? h('p', {class: 'note'}, f.references) : null);
}
function diverges(d) {
  return d.schedule.recomputed === DIFFERS && h('p', {class: 'diverges-note'}, mark(DIFFERS), ' The first that is not what its inputs give: ',
    h('button', {type: 'button', class: 'link', onclick: () => {
      $('schedule').scrollIntoView();
      $('schedule').focus({preventScroll: true});
    }}, d.schedule.first));
}
function certificates(d) {
  return d.chains.length ? part('Certificates', d.chains.map(chain => [h('h4', {}, chain.title),
    h('ol', {class: 'chain'}, chain.certificates.map(c => h('li', {}, facts(c))))])) : null;
}

const VERDICTS = {verified: ['\u2713', 'equal', 'good'], differs: ['\u2717', 'differs', 'wrong'], computed: ['\u25cb', 'not captured', 'none'],
  given: ['\u2022', 'given', 'none'], unchecked: ['?', 'not checkable', 'none']};
/* Finished, signatures and binders prove the values before them. */
const PROOF = /^(client|server) (Finished|.+ signature)|^PSK binder/;
function verdict(name, first, bare) {
  const [sign, equal, look] = VERDICTS[name] || ['?', name, 'none'];
  const text = bare && name === 'verified' ? 'verifies' : equal;
  return h('td', {class: 'v ' + look}, h('span', {'aria-hidden': 'true'}, sign), ' ' + (first ? 'differs, first' : text));
}
function value([, kind, , offset, captured, computed]) {
  if (kind === 'differs' && offset >= 0) {
    return [h('div', {}, 'differs from byte ' + offset + ' on'), captured ? h('code', {}, 'captured ' + captured) : null,
      computed ? h('code', {}, 'computed ' + computed) : null];
  }
  return captured || computed ? h('code', {}, captured || computed) : null;
}
function check(c, first) {
  const [name, kind, text] = c;
  const isProof = PROOF.test(name);
  return h('tr', {class: first ? 'first' : null}, h('th', {scope: 'row', class: isProof ? 'proof' : 'mono'}, name), verdict(kind, first, name.endsWith(' signature')),
    h('td', {}, text ? h('div', {class: 'from'}, text) : null, value(c)));
}
function records(k) {
  const line = (name, [verify, differ, unchecked, plain]) => h('tr', {}, h('th', {scope: 'row'}, name), h('td', {class: 'n'}, number(verify)),
    h('td', {class: differ ? 'n wrong' : 'n'}, number(differ)), h('td', {class: 'n'}, number(unchecked)), h('td', {class: 'n'}, number(plain)));
  const head = ['Records', 'verify', 'differ', 'not checkable', 'plain text'];
  if (!k.records.flat().some(n => n)) return null;
  return [h('table', {class: 'marks counts'}, h('thead', {}, h('tr', {}, head.map((name, at) => h('th', {scope: 'col', class: at ? 'n' : ''}, name)))),
    h('tbody', {}, line('sent', k.records[0]), line('received', k.records[1]))),
  k.odd.length ? h('table', {class: 'marks'}, h('tbody', {}, k.odd.map(([name, kind, text]) => h('tr', {}, h('th', {scope: 'row'}, name),
    verdict(kind, false), h('td', {class: 'from'}, text))))) : null];
}
function schedule(d) {
  const k = d.schedule, equal = k.checks.filter(c => c[1] === 'verified').length;
  const first = k.checks.findIndex(c => c[1] === 'differs');
  const state = RECOMPUTED[k.recomputed];
  const told = k.recomputed === DIFFERS ? 'First difference: ' + k.first
    : k.recomputed === 1 ? 'No secrets were captured (secrets=on captures them), so there is little to recompute' : state.name[0].toUpperCase() + state.name.slice(1);
  return h('section', {id: 'schedule', tabindex: -1}, h('h3', {}, 'Key schedule, recomputed'),
    h('p', {class: 'state ' + state.look}, mark(k.recomputed), ' ' + told + (equal ? '. ' + many(equal, 'value and proof', 'values and proofs') + ' equal.' : '.')),
    k.checks.length ? h('table', {class: 'marks'}, h('thead', {class: 'hidden'}, h('tr', {}, ['Value', 'Mark', 'From'].map(name => h('th', {scope: 'col'}, name)))),
      h('tbody', {}, k.checks.map((c, at) => check(c, at === first)))) : null,
    k.unlisted ? h('p', {class: 'note'}, many(k.unlisted, 'value') + ' more') : null,
    records(k));
}
