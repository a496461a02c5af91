import { registerCity } from '../city/registered.ts';
import { slowCity } from '../city/slow/city.ts';
import { runLongWorld } from '../world/long/long-world.ts';

const [seed = 1, days = 1, dev = 100] = process.argv.slice(2).map(Number);
const registered = await registerCity(slowCity(dev));
const t0 = performance.now();
let h = 0;
const run = await runLongWorld(registered, {
  seed,
  days,
  told: ({ simulatedMs, messages }) => {
    if (++h % 24 === 0)
      process.stderr.write(
        `${(simulatedMs / 86400000).toFixed(1)} ${messages} ${((performance.now() - t0) / 1000).toFixed(0)}s cpu ${(process.cpuUsage().user / 1e6).toFixed(0)} heap ${(process.memoryUsage().heapUsed / 1e6).toFixed(0)} rss ${(process.memoryUsage().rss / 1e6).toFixed(0)}\n`,
      );
  },
});
const t1 = performance.now();
const c1 = process.cpuUsage().user;
const v = run.along.judge(run.history);
console.log(
  'judge',
  ((performance.now() - t1) / 1000).toFixed(1),
  'cpu',
  (process.cpuUsage().user - c1) / 1e6,
  'run',
  ((t1 - t0) / 1000).toFixed(1),
  'cpu',
  c1 / 1e6,
  'rss',
  process.memoryUsage().rss / 1e6,
  process.resourceUsage().maxRSS / 1e3,
);
console.log(
  run.messages,
  run.history.accepted.length,
  run.history.published.length,
  run.history.tables.records.length,
  'violations',
  v.length,
);
const by = new Map<string, number>();
for (const x of v) by.set(x.law, (by.get(x.law) ?? 0) + 1);
console.log(by);
for (const law of by.keys())
  for (const x of v.filter((o) => o.law === law).slice(0, 4)) console.log(x.law, x.what, x.at);
const tr = new Map<string, number>();
for (const i of run.history.tables.records) {
  if (!i['sk']?.S?.startsWith('T#')) continue;
  const d = JSON.parse(i['doc']?.S ?? '{}');
  const k = d.matter.ruleId + ' ' + d.change;
  tr.set(k, (tr.get(k) ?? 0) + 1);
}
console.log(tr);
console.log(
  [...run.injected].reduce(
    (m, [k, n]) => m.set(k.split('|')[0]!, (m.get(k.split('|')[0]!) ?? 0) + n),
    new Map<string, number>(),
  ),
);
const can = new Set(
  run.history.accepted
    .filter((a) => a.sender === 'canary')
    .map((a) => JSON.parse(Buffer.from(a.bytes).toString()).at),
);
const miss = v.filter((x) => x.law === 'canary-sent').map((x) => x.at!);
console.log(
  'miss',
  miss.length,
  miss.filter((a) => can.has(a)).length,
  miss
    .slice(0, 30)
    .map((a) => (a - 1772323200000) / 1000)
    .join(' '),
);
if (process.env['DBG']) {
  const [sensor = '', ps = '0', hoursB = '2'] = process.env['DBG'].split(',');
  const p = Number(ps);
  const { viewOf } = await import('../oracle/facts/view.ts');
  const view = viewOf(run.history);
  const rel = (x: number) => ((x - p) / 1000).toFixed(1);
  const w = Number(hoursB) * 3600e3;
  for (const r of view.readings.get(sensor) ?? [])
    if (Math.abs(r.from - p) < w || Math.abs(r.to - p) < w)
      console.log(
        'R',
        rel(r.from),
        rel(r.to),
        'val',
        r.value,
        r.quality,
        r.trust,
        'taken',
        rel(r.taken),
        'done',
        rel(r.done),
        'rcv',
        r.receivedAts.map(rel).join(),
        r.message.pack?.boot,
        r.message.pack?.seq,
        r.message.sender,
        'sent',
        r.message.pack?.sentAt === undefined ? '-' : rel(r.message.pack.sentAt),
        'life',
        rel(r.lifeFrom),
      );
  for (const a of run.history.acts)
    if (a.act.kind === 'set-limit' && a.act.sensor === sensor)
      console.log('A', rel(a.at), JSON.stringify(a.act), a.status, rel(a.answeredAt ?? 0));
  for (const [k, m] of view.matters)
    if (m.subjectId === sensor)
      for (const t of m.told)
        if (Math.abs(t.writtenAt - p) < w || Math.abs(t.phenomenonAt - p) < w)
          console.log(
            'T',
            k,
            t.id,
            t.change,
            t.condition,
            t.severity,
            'p',
            rel(t.phenomenonAt),
            'at',
            rel(t.at),
            'w',
            rel(t.writtenAt),
            t.writtenBy,
            t.marks.join(),
            t.value,
            process.env['BEC']
              ? JSON.stringify(t.item['because'] ?? t.item['record'] ?? Object.keys(t.item))
              : '',
          );
  for (const s of run.history.phases.troubles ?? []) console.log('trouble', rel(s.from), rel(s.until));
}
