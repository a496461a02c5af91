/** What a backtest found as a page for people: tables, and a chart for each sensor that had an alert. */

import type { Rule, RuleBook } from '../../../functions/domain/rules/book.ts';
import { bindDevice } from '../../../functions/domain/rules/engine/bind.ts';
import type { DeviceRegistration } from '../../../functions/domain/telemetry/registration.ts';
import { differenceRows, differences, episodeRows, type Match } from '../compare-books.ts';
import type { Episode } from '../episodes.ts';
import type { Zone } from '../input/zone.ts';
import type { BacktestResult } from '../run.ts';
import { timeText } from '../table.ts';
import { bandRows } from './bands.ts';
import { chartSvg } from './chart.ts';
import { escaped, htmlTable, key, page } from './html.ts';
import { type Threshold, thresholdsOf } from './thresholds.ts';

/** Sensors that are drawn; the gravest and those with most alerts come first. */
export const chartsMax = 60;

/** Alerts of correlations that are listed. */
const correlatedMax = 500;

export interface ReportParts {
  readonly title: string;
  readonly result: BacktestResult;
  readonly books: readonly [now: RuleBook, old: RuleBook | undefined];
  readonly matches: readonly Match[] | undefined;
  readonly zone: Zone;
}

interface SensorAlerts {
  readonly deviceId: string;
  readonly sensorId: string;
  readonly after: readonly Episode[];
  readonly before: readonly Episode[] | undefined;
}

const gravity: Readonly<Record<Episode['peak'], number>> = {
  red: 1e8,
  orange: 1e6,
  yellow: 1e4,
  blue: 100,
  signal: 1,
};

const weight = ({ after, before }: SensorAlerts): number =>
  [...after, ...(before ?? [])].reduce((sum, { peak }) => sum + gravity[peak], 0);

/** Sensors with alerts; where two books were tried, those on which they differ come first. */
function sensorsOf({ result, books, matches }: ReportParts): readonly SensorAlerts[] {
  const [after = [], before = []] = result.episodes;
  const keyOf = ({ deviceId, sensorId }: { deviceId: string; sensorId: string }): string =>
    `${deviceId}\n${sensorId}`;
  const now = Map.groupBy(after, keyOf);
  const old = Map.groupBy(before, keyOf);
  const differing = new Set(matches?.filter((match) => match.differences.length > 0).map(keyOf));
  const all = [...new Set([...now.keys(), ...old.keys()])].map((sensor): SensorAlerts => {
    const [deviceId = '', sensorId = ''] = sensor.split('\n');
    return {
      deviceId,
      sensorId,
      after: now.get(sensor) ?? [],
      before: books[1] === undefined ? undefined : (old.get(sensor) ?? []),
    };
  });
  const isDiffering = (one: SensorAlerts): number => Number(differing.has(keyOf(one)));
  const onSensors = all.filter(
    ({ after: one, before: other }) => ![...one, ...(other ?? [])].some(isCorrelated),
  );
  return onSensors.sort((a, b) => isDiffering(b) - isDiffering(a) || weight(b) - weight(a));
}

const isCorrelated = ({ steps }: Episode): boolean => steps[0]?.trigger === 'correlation';

/** Alerts of rules over other alerts: they have no readings to draw. */
function correlatedSection({ result, books, zone }: ReportParts): string {
  const rows = result.episodes.flatMap((episodes, book) =>
    episodes
      .filter(isCorrelated)
      .map(({ ruleId, deviceId, sensorId, peak, from, until }) => [
        ...(books[1] === undefined ? [] : [book === 0 ? '新 new' : '旧 old']),
        ruleId,
        `${deviceId} ${sensorId}`,
        peak,
        timeText(from, zone),
        until === undefined ? '未解除 standing' : timeText(until, zone),
      ]),
  );
  if (rows.length === 0) return '';
  const header = ['规则 rule', '对象 subject', '级别 severity', '开始 from', '结束 until'];
  const columns = books[1] === undefined ? header : ['规则集 book', ...header];
  return `<h2>关联报警 · Correlations</h2>\n${htmlTable(columns, rows.slice(0, correlatedMax))}`;
}

const titlesOf = (rules: readonly Rule[], ids: ReadonlySet<string>): string =>
  rules
    .filter(({ id }) => ids.has(id))
    .map(
      ({ id, title }) =>
        `<p>${escaped(title.zh)} · ${escaped(title.en)} <span class="faint">${escaped(id)}</span></p>`,
    )
    .join('\n');

const thresholdTable = (thresholds: readonly Threshold[], unit: string): string =>
  thresholds.length === 0
    ? ''
    : htmlTable(
        ['规则 rule', '级别 severity', '', '条件 condition', `限值 limit (${unit})`],
        thresholds.map(({ ruleId, severity, kind, text, value }) => [
          ruleId,
          severity,
          kind === 'when' ? '报警 raises' : '解除 clears',
          text,
          value,
        ]),
      );

function sensorSection(parts: ReportParts, alerts: SensorAlerts, device: DeviceRegistration): string {
  const { result, books, zone } = parts;
  const { deviceId, sensorId, after, before } = alerts;
  const samples = result.samples?.of(deviceId, sensorId);
  const bound = bindDevice(books[0], device).bySensor.get(sensorId);
  const sensor = bound?.sensor;
  if (samples === undefined || bound === undefined || sensor === undefined) return '';
  const ids = new Set([...after, ...(before ?? [])].map(({ ruleId }) => ruleId));
  const thresholds = bound.conditions.filter(({ rule }) => ids.has(rule.id)).flatMap(thresholdsOf);
  const svg = chartSvg({
    samples,
    unit: sensor.unit,
    thresholds,
    rows: bandRows(after, before, result.tally.until),
    from: result.tally.from,
    until: result.tally.until,
    gapMs: bound.silentAfterMs,
    wallOf: zone.wallOf,
  });
  return `<figure>
<h3>${escaped(deviceId)} / ${escaped(sensorId)} <span class="faint">${escaped(sensor.quantity)}, ${escaped(sensor.unit)}${sensor.position === undefined ? '' : `, ${escaped(sensor.position)}`}</span></h3>
${titlesOf(books[0].rules, ids)}
<div class="scroll">${svg}</div>
${thresholdTable(thresholds, sensor.unit)}
</figure>`;
}

function summary({ result, matches }: ReportParts): string {
  if (matches === undefined)
    return htmlTable(
      ['规则 rule', '企业 enterprise', '报警 alerts', '最高级别 gravest', '未解除 standing'],
      episodeRows(result.episodes[0] ?? []).map(({ ruleId, enterpriseId, alerts, byPeak, standing }) => [
        ruleId,
        enterpriseId,
        alerts,
        Object.entries(byPeak)
          .map(([severity, many]) => `${many} ${severity}`)
          .toReversed()
          .join(', '),
        standing,
      ]),
    );
  const labels = {
    added: '新增 added',
    removed: '消失 removed',
    earlier: '提前 earlier',
    later: '推迟 later',
    graver: '升级 graver',
    milder: '降级 milder',
  };
  return htmlTable(
    [
      '规则 rule',
      '企业 enterprise',
      '旧 old',
      '新 new',
      ...differences.map((one) => labels[one]),
      '不变 same',
    ],
    differenceRows(matches).map((row) => [
      row.ruleId,
      row.enterpriseId,
      row.before,
      row.after,
      ...differences.map((one) => row[one]),
      row.same,
    ]),
  );
}

/** The page; SVG drawn here, so that it shows without a script and without the network. */
export function reportHtml(parts: ReportParts): string {
  const { title, result, books, zone } = parts;
  const { tally, registrations, remarks, troubles } = result;
  const devices = new Map(registrations.map((device) => [String(device.deviceId), device]));
  const sensors = sensorsOf(parts);
  const drawn = sensors.slice(0, chartsMax).flatMap((alerts) => {
    const device = devices.get(alerts.deviceId);
    return device === undefined ? [] : [sensorSection(parts, alerts, device)];
  });
  const left = sensors.length - chartsMax;
  const notes = [...remarks, ...troubles.lines()].join('\n');
  const against = books[1] === undefined ? '' : `, 对比 against ${books[1].version}`;
  return page(
    `Backtest: ${title}`,
    `<h1>规则回测 · Backtest of rules</h1>
<p>${escaped(title)}: ${tally.readings.toLocaleString('en-US')} 读数 readings, ${timeText(tally.from, zone)} – ${timeText(tally.until, zone)} (${escaped(zone.name)})</p>
<p class="faint">规则集 book ${books[0].version}${against}</p>
<h2>${parts.matches === undefined ? '报警 · Alerts' : '差异 · Differences'}</h2>
${summary(parts)}
${correlatedSection(parts)}
<h2>传感器 · Sensors</h2>
${key()}
${drawn.join('\n')}
${left > 0 ? `<p class="faint">… ${left} more sensors had alerts and are not drawn</p>` : ''}
${notes === '' ? '' : `<h2>数据说明 · Notes on the history</h2>\n<pre>${escaped(notes)}</pre>`}`,
  );
}
