/* The head of the page, its figures and its plots. */
function headline() {
  $('headline').replaceChildren(...(D.failed
    ? [h('em', {}, many(D.failed, 'failure')), D.completedLeftOut ? '' : ' in ' + many(D.total, 'TLS handshake')]
    : [D.total ? 'No failure in ' + many(D.total, 'TLS handshake') : 'No TLS handshake']));
  document.title = $('headline').textContent + ' \u2013 tlscope';
  const from = shown(D.files.length === 1 ? D.files[0] : many(D.files.length, 'capture'));
  const last = T0 + ends;
  $('span').textContent = N
    ? day(T0) + ' ' + clock(T0, 1000) + ' to ' + (day(T0) === day(last) ? '' : day(last) + ' ') + clock(last, 1000) + ' UTC, from ' + from
      + (D.completedLeftOut ? '. ' + shown(D.notKept) : '')
    : 'From ' + from;
  $('made').textContent = shown('Made by tlscope ' + D.version + ' on ' + D.made + '. This page is complete in itself, loads nothing and '
    + (D.secrets ? 'holds secrets: who has it reads the traffic.' : 'holds no secret.'));
}
function notices() {
  const all = [];
  const differ = counted('recomputed', DIFFERS);
  if (D.secrets) all.push(h('div', {}, 'This page holds the values of secrets: who has it reads the traffic. Delete it when you are done.'));
  if (differ) {
    all.push(h('div', {}, h('span', {class: 'mark wrong', 'aria-hidden': 'true'}, RECOMPUTED[DIFFERS].mark), ' In '
      + many(differ, 'connection') + ' a value, a signature or a record is not what its own inputs give. ',
      h('button', {type: 'button', class: 'link', onclick: () => filter('recomputed', DIFFERS)}, 'Show')));
  }
  for (const trouble of D.troubles) all.push(h('div', {}, trouble));
  if (N < D.total) {
    all.push(h('div', {}, 'The plots and the table show ' + number(N) + ' of ' + number(D.total)
      + ' handshakes: failures first, as far as this page has room. The headline counts all.'));
  }
  if (D.undetailed || D.undetailedFailures) {
    all.push(h('div', {}, (D.undetailedFailures ? many(D.undetailedFailures, 'failure') + ' and ' : '')
      + many(D.undetailed, 'handshake') + ' that did not fail have no messages here and were not recomputed;'
      + ' tlscope report --details and --size make room.'));
  }
  $('notice').hidden = !all.length;
  $('notice').classList.toggle('alarm', differ > 0 || D.secrets);
  $('notice').replaceChildren(...all);
}
const durations = C.duration.filter((d, i) => d >= 0 && C.outcome[i] === COMPLETED).sort((a, b) => a - b);
const quantile = q => durations[Math.min(durations.length - 1, Math.floor(q * durations.length))];
function tiles() {
  const tile = (name, value, bad) => h('div', bad ? {class: 'bad'} : {}, h('dt', {}, name), h('dd', {}, value));
  const part = D.total && 100 * D.failed / D.total;
  const rate = tile('of all failed', D.total ? part.toFixed(part && part < 1 ? 2 : 1) + ' %' : '\u2013');
  const left = D.completedLeftOut;
  $('tiles').replaceChildren(...(left ? [] : [tile('handshakes', number(D.total))]), tile('failed', number(D.failed), D.failed > 0),
    ...(left ? [] : [rate]), ...(left && !D.unfinished ? [] : [tile('unfinished', number(D.unfinished))]),
    ...(durations.length ? [tile('median time', length(quantile(.5))), tile('95 % within', length(quantile(.95))),
      tile('99 % within', length(quantile(.99)))] : []));
}

const plot = (title, ...content) => h('section', {class: 'plot'}, h('h3', {}, title), content);
const legend = () => failed && failed < N ? h('p', {class: 'legend'}, h('span', {class: 'key-ok'}, 'not failed'), h('span', {class: 'key-bad'}, 'failed')) : null;

function overTime() {
  const step = nice((ends + 1) / 72), start = Math.floor(T0 / step) * step;
  const buckets = Math.floor((T0 + ends - start) / step) + 1;
  const counts = Array.from({length: buckets}, () => [0, 0]);
  for (let i = 0; i < N; i++) counts[Math.floor((T0 + C.time[i] - start) / step)][C.outcome[i] === FAILED ? 1 : 0]++;
  const edge = at => (day(T0) === day(T0 + ends) ? '' : day(start + at * step) + ' ') + clock(start + at * step, step);
  const {box, paint} = histogram({
    label: 'Handshakes over time, failed and not',
    unit: step < 864e5 ? 'time of day, UTC' + (day(T0) === day(T0 + ends) ? ', ' + day(T0) : '') : 'date',
    what: 'per ' + whole(step * 1000),
    ticks: width => {
      const apart = nice(step * buckets / (width / 92)), all = [];
      for (let t = Math.ceil(start / apart) * apart; t <= start + buckets * step; t += apart) {
        all.push([(t - start) / step / buckets, apart >= 864e5 ? day(t).slice(5) : clock(t, apart)]);
      }
      return all;
    },
    describe: at => edge(at) + ' to ' + edge(at + 1) + ': ' + many(counts[at][0] + counts[at][1], 'handshake') + ', ' + number(counts[at][1]) + ' failed',
    act: at => filter('when', [start - T0 + at * step, start - T0 + (at + 1) * step]),
  }, counts);
  redraws.push(paint);
  return plot(D.completedLeftOut ? 'Failures over time' : 'Handshakes over time', legend(), box);
}
function byDuration() {
  let least = Infinity, most = 0;
  for (const d of C.duration) if (d > 0) { least = Math.min(least, d); most = Math.max(most, d); }
  if (!most) return null;
  const low = Math.floor(Math.log10(least)), high = Math.max(low + 1, Math.ceil(Math.log10(most + 1)));
  const per = Math.max(4, Math.floor(60 / (high - low))), bins = (high - low) * per;
  const place = d => (Math.log10(d) - low) / (high - low);
  const counts = Array.from({length: bins}, () => [0, 0]);
  for (let i = 0; i < N; i++) {
    const d = C.duration[i];
    if (d > 0) counts[Math.min(bins - 1, Math.floor(place(d) * bins))][C.outcome[i] === FAILED ? 1 : 0]++;
  }
  const edge = at => 10 ** (low + at / per);
  const {box, paint} = histogram({
    label: 'How long handshakes took',
    unit: 'time taken, log scale',
    what: 'handshakes',
    ticks: width => Array.from({length: high - low + 1}, (_, e) => [e / (high - low), whole(10 ** (low + e))])
      .filter((_, e) => width / (high - low) > 58 || e % 2 === 0),
    marks: durations.length < 20 ? [] : [[.5, 'median'], [.95, '95 %'], [.99, '99 %']].filter(([q]) => quantile(q) > 0)
      .map(([q, name]) => [place(quantile(q)), name + ' ' + length(quantile(q))]),
    describe: at => length(Math.round(edge(at))) + ' to ' + length(Math.round(edge(at + 1))) + ': '
      + many(counts[at][0] + counts[at][1], 'handshake') + ', ' + number(counts[at][1]) + ' failed',
    act: at => filter('took', [Math.ceil(edge(at)), Math.ceil(edge(at + 1))]),
  }, counts);
  redraws.push(paint);
  return plot('Duration', legend(), box);
}
function plots() {
  if (!N) return;
  const isFailed = i => C.outcome[i] === FAILED, every = () => true;
  $('plots').replaceChildren(
    h('div', {class: 'wide'}, overTime(), byDuration()),
    h('div', {class: 'side'}, plot('Failures by cause', bars('cause', isFailed)), plot('By version', bars('protocol', every)),
      plot('Key schedule, signatures, records', bars('recomputed', every))),
    plot('By cipher suite', bars('suite', every)), plot('By peer', bars('group', every)));
  redraws.forEach(paint => paint());
}
