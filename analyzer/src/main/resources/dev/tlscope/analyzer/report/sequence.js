/* The messages of a connection as a sequence diagram, and its time by phase. */
const SIDES = ['server', 'client'];
function tree(fields) {
  const look = {m: 'wrong', b: 'bytes'};
  return h('ul', {class: 'tree'}, fields.map(([name, kind, value, children]) => h('li', {},
    h('span', {class: kind === 'm' ? 'wrong' : 'k'}, name), value === '' ? null : [' ', h('span', {class: look[kind] || ''}, value)],
    children ? tree(children) : null)));
}
function hex(text, cut) {
  const lines = [];
  for (let at = 0; at < text.length; at += 32) {
    const bytes = text.slice(at, at + 32).match(/../g);
    const letters = bytes.map(b => { const c = parseInt(b, 16); return c > 31 && c < 127 ? String.fromCharCode(c) : '.'; });
    lines.push((at / 2).toString(16).padStart(4, '0') + '  ' + bytes.join(' ').padEnd(47) + '  ' + letters.join(''));
  }
  const pre = h('pre', {tabindex: 0, 'aria-label': 'Bytes in hex'});
  pre.textContent = lines.join('\n');
  return h('details', {}, h('summary', {}, 'Bytes'), pre, cut ? h('p', {class: 'note'}, many(cut, 'byte') + ' more') : null);
}
/* Alerts that end a connection normally (RFC 8446, 6.1). */
const PEACEFUL = ['close_notify', 'user_canceled'];
function message(m, at) {
  const id = 'm' + at;
  const item = h('li', {class: 'msg ' + (m.sent ? 's' : 'r') + (m.alert && !PEACEFUL.includes(m.note) ? ' alert' : '')});
  const button = h('button', {type: 'button', 'aria-expanded': 'false', 'aria-controls': id,
    'aria-label': (m.sent ? 'sent ' : 'received ') + shown(m.name) + (m.note ? ', ' + shown(m.note) : '') + ', ' + many(m.size, 'byte')
      + ', after ' + length(m.t),
    onclick: () => toggle()},
    h('span', {class: 'at'}, length(m.t)),
    h('span', {class: 'lane'}, h('span', {class: 'label'}, m.name, h('i', {}, m.note || number(m.size) + ' B'))));
  function toggle() {
    const wide = button.getAttribute('aria-expanded') !== 'true';
    button.setAttribute('aria-expanded', String(wide));
    if (!wide) { item.querySelector('.open').remove(); return; }
    item.append(h('div', {class: 'open', id}, m.fields.length ? tree(m.fields) : null,
      m.hex ? hex(m.hex, m.cut) : h('p', {class: 'empty'}, 'No bytes.')));
  }
  item.append(button);
  return item;
}
/* The reason for the time before a message: the peer sent it, or this side produced it. */
const waited = sent => sent ? 'on this side' : 'until the peer answered';

function sequence(i, d) {
  const list = h('ol', {class: 'msgs'});
  const lane = (look, ...content) => h('li', {class: look}, h('span', {class: 'at'}), h('span', {class: 'lane'}, content));
  const failure = C.outcome[i] === FAILED;
  let ended = false;
  const end = () => {
    ended = true;
    list.append(lane('end ' + OUTCOMES[C.outcome[i]], (failure ? 'failed: ' + S[C.alert[i]] : OUTCOMES[C.outcome[i]])
      + (C.duration[i] >= 0 ? ' after ' + length(C.duration[i]) : '')));
  };
  d.messages.forEach((m, at) => {
    if (C.outcome[i] === COMPLETED && !ended && C.duration[i] >= 0 && m.t > C.duration[i]) end();
    const before = at && d.messages[at - 1];
    if (before && before.sent !== m.sent && m.t - before.t >= 500) list.append(lane('gap', length(m.t - before.t) + ' ' + waited(m.sent)));
    list.append(message(m, at));
  });
  if (!ended) end();
  const all = h('button', {type: 'button', class: 'small', onclick: () => {
    const closed = list.querySelectorAll('.msg>button[aria-expanded=false]');
    (closed.length ? closed : list.querySelectorAll('.msg>button')).forEach(button => button.click());
  }}, 'Expand or collapse all');
  const mine = SIDES[1 - C.role[i]], other = SIDES[C.role[i]];
  return h('section', {}, h('div', {class: 'title'}, h('h3', {}, 'Messages'), d.messages.length ? all : null),
    h('div', {class: 'ends'}, h('span'), h('span', {}, h('b', {}, 'this ' + mine), h('b', {}, other))), list,
    d.unlisted ? h('p', {class: 'note'}, many(d.unlisted, 'message') + ' more') : null);
}

/* Time between messages, by the side that had to send next. */
function timing(i, d) {
  const stretches = [];
  let at = 0;
  const add = (to, mine) => {
    if (to <= at) return;
    const last = stretches[stretches.length - 1];
    if (last && last.mine === mine) last.to = to;
    else stretches.push({from: at, to, mine});
    at = to;
  };
  /* after the completion, tickets and the close come at any time */
  const end = Math.max(C.duration[i], 0);
  for (const m of d.messages) if (!end || m.t <= end) add(m.t, m.sent);
  if (end) add(end, true);
  if (at < 2 || stretches.length < 2) return null;
  const sum = mine => stretches.reduce((all, one) => all + (one.mine === mine ? one.to - one.from : 0), 0);
  const total = at;
  const bar = s('svg', {class: 'stretch', viewBox: '0 0 1000 22', preserveAspectRatio: 'none', role: 'img',
    'aria-label': length(sum(true)) + ' on this side, ' + length(sum(false)) + ' waiting for the peer'},
    stretches.map(({from, to, mine}) => s('rect', {class: mine ? 'mine' : 'peer', x: from / total * 1000, y: 0, height: 22,
      width: Math.max(1, (to - from) / total * 1000 - 1)}, s('title', {}, length(to - from) + ' ' + waited(mine)))));
  return h('section', {}, h('h3', {}, 'Timing'), bar,
    h('div', {class: 'scale', 'aria-hidden': 'true'}, h('span', {}, '0'), h('span', {}, length(Math.round(total / 2))), h('span', {}, length(total))),
    h('p', {class: 'legend'}, h('span', {class: 'key-mine'}, 'on this side, ' + length(sum(true))),
      h('span', {class: 'key-peer'}, 'waiting for the peer, ' + length(sum(false)))));
}
