/* The problems as cards, and what stands below the plots: certificates, processes, and what the page cannot know. */
const stamp = ms => day(ms) + ' ' + clock(ms, 1000) + ' UTC';
const named = entries => entries.map(([value, count]) => (value || 'others') + ' (' + number(count) + ')').join(', ');
const places = new Map(D.problems.map((problem, at) => [problem.id, at]));
const problemName = id => 'problem ' + (places.get(id) + 1) + ', ' + D.problems[places.get(id)].cause;

function card(problem, at) {
  const facts = problem.evidence.map(([what, value]) => [h('dt', {}, what), h('dd', {}, value)]);
  const often = problem.count ? many(problem.count, 'failure') : 'no failure yet';
  const when = stamp(problem.first) + (problem.last - problem.first < 1000 ? ''
    : ' to ' + stamp(problem.last).slice(day(problem.first) === day(problem.last) ? 11 : 0));
  return h('li', {class: 'card', id: 'problem-' + (at + 1)},
    h('h3', {}, h('span', {class: 'card-number'}, at + 1 + '.'), ' ', problem.cause, ' ', h('span', {class: 'sure'}, problem.sure)),
    h('p', {class: 'card-when'}, h('strong', {}, often), ' \u00b7 ' + when),
    h('p', {class: 'card-sentence'}, problem.summary),
    h('p', {class: 'card-act'}, h('strong', {}, 'Who must act: '), problem.act),
    problem.fix.length ? h('ol', {class: 'card-fix', 'aria-label': 'Fix'}, problem.fix.map(step => h('li', {}, step))) : null,
    problem.peers.length ? h('p', {class: 'card-peers'}, h('strong', {}, 'Peers: '), named(problem.peers)) : null,
    D.hosts.length ? h('p', {class: 'card-peers'}, h('strong', {}, 'In: '), named(problem.processes)) : null,
    facts.length ? h('details', {}, h('summary', {}, 'Evidence'), h('dl', {class: 'card-evidence'}, facts)) : null,
    problem.count ? h('button', {type: 'button', class: 'link', 'aria-label': 'Show the connections of problem ' + (at + 1),
      onclick: () => filter('problem', problem.id)}, problem.count === 1 ? 'Show the connection' : 'Show the connections') : null);
}
function problems() {
  if (!D.problems.length) return;
  const FEW = 8;
  const list = h('ol', {class: 'cards'}, D.problems.slice(0, FEW).map(card));
  const more = D.problems.length > FEW ? h('button', {type: 'button', class: 'more', onclick: () => {
    list.append(...D.problems.slice(FEW).map((problem, at) => card(problem, FEW + at)));
    more.remove();
    list.children[FEW].scrollIntoView();
  }}, 'Show all ' + number(D.problems.length) + ' problems') : null;
  $('problems').replaceChildren(h('h2', {id: 'problems-title'}, many(D.problems.length, 'problem')),
    h('p', {class: 'note'}, 'Failures that need the same fix are one problem. Those that still occurred at the end come first, then the most'
      + ' frequent.'), list, more || '');
}

function listing(id, title, heads, lines) {
  if (!lines.length) return;
  const FEW = 12;
  const body = h('tbody', {}, lines.slice(0, FEW));
  const more = lines.length > FEW ? h('button', {type: 'button', class: 'more', onclick: () => {
    body.append(...lines.slice(FEW));
    more.remove();
  }}, 'Show all ' + number(lines.length)) : null;
  $(id).replaceChildren(h('h2', {}, title), h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title},
    h('table', {class: 'listing'}, h('thead', {}, h('tr', {}, heads.map(head => h('th', {scope: 'col'}, head)))), body)), more || '');
}
function expiring() {
  const last = T0 + ends;
  listing('certificates', 'Certificates by expiry', ['Expires', 'Subject', 'Issuer', 'Shown by'], D.certificates.map(one => {
    const hours = Math.floor(Math.abs(one.to - last) / 36e5), days = Math.floor(hours / 24);
    const span = days ? many(days, 'day') : many(hours, 'hour');
    const left = one.to < last ? 'expired ' + span + ' before the capture ended' : span + ' left when the capture ended';
    const early = one.from > last ? ', not valid before ' + stamp(one.from) : '';
    return h('tr', {}, h('td', {}, stamp(one.to), h('br'), h('span', {class: one.to < last || early ? 'wrong' : 'part'}, left + early)),
      h('td', {}, one.subject), h('td', {}, one.issuer), h('td', {}, named(one.by)));
  }));
}
function hosts() {
  listing('hosts', 'By process', ['Host', 'PID', 'Main class', 'Connections', 'Failed'], D.hosts.map(([host, pid, main, all, bad]) =>
    h('tr', {}, h('td', {}, host), h('td', {}, pid), h('td', {}, main), h('td', {class: 'num'}, number(all)),
      h('td', {class: bad ? 'num wrong' : 'num'}, number(bad)))));
}
function unknown() {
  if (!D.total) return;
  const bare = counted('recomputed', 1);
  const all = [D.notKept,
    D.joinedLate ? many(D.joinedLate, 'connection') + ' began before the capture did, or before its file: what went before is not in it.' : '',
    bare ? 'Of ' + many(bare, 'connection') + ' no secrets were captured (secrets=off): their Finished and their records are not recomputed.' : '',
    'A capture holds what one side sent, received and decided. What the other side decided is concluded from that, unless its own capture'
      + ' is here too.'].filter(text => text);
  $('unknown').replaceChildren(h('h2', {}, 'What this page cannot know'), h('ul', {}, all.map(text => h('li', {}, text))));
}
