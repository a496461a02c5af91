/** The live view as lines of a terminal: a pure function of its model. */
import { reasonWords, severityWords } from '../../functions/domain/notify/words.ts';
import { severities } from '../../functions/domain/severity.ts';
import { measuredText } from '../../functions/domain/telemetry/unit-text.ts';
import { chartSeconds, shownNotifications, type ViewModel } from './model.ts';
import { type ReceivedNotification, tookMs } from './notification.ts';
import {
  bold,
  columns,
  cyan,
  dim,
  green,
  inColumns,
  severityPaint,
  shortDuration,
  sparkline,
  withoutColours,
} from './style.ts';

export type Language = 'zh' | 'en';

const labelColumns = 15;
const number = new Intl.NumberFormat('en');

function clock(instant: number): string {
  return new Date(instant).toTimeString().slice(0, 8);
}

function upTime(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

const row = (label: string, text: string) => `  ${dim(inColumns(label, labelColumns))}${text}`;

function readingsRow(model: ViewModel): string {
  const recent = model.perSecond.slice(-10);
  const rate = recent.reduce((sum, one) => sum + one, 0) / Math.max(1, recent.length);
  const chart = cyan(sparkline(model.perSecond.slice(-chartSeconds)));
  const ack = model.ackMs === undefined ? '' : `, PUBACK ${shortDuration(model.ackMs)}`;
  const total = dim(`${number.format(model.published)} published${ack}`);
  return row('Readings', `${bold(inColumns(`${rate.toFixed(1)} /s`, 9))}${chart}  ${total}`);
}

function devicesRow({ devices, devicesOnline }: ViewModel): string {
  const text = `${devicesOnline} of ${devices} online`;
  return row('Devices', devicesOnline === devices ? green(text) : text);
}

function alertsRow({ open }: ViewModel): string {
  if (!open) return row('Open alerts', dim('asking the API ...'));
  const labels = severities
    .toReversed()
    .filter((severity) => severity !== 'signal')
    .map((severity) => {
      const count = open[severity] ?? 0;
      const label = ` ${count} ${severity} `;
      return count === 0 ? dim(label) : severityPaint[severity](label);
    });
  return row('Open alerts', labels.join(' '));
}

function valueText({ data }: ReceivedNotification): string {
  return data.value === undefined ? '' : measuredText(data.value, data.matter.unit);
}

/** Columns beside title and subject, and those of the change, which a narrow terminal leaves out. */
const fixedColumns = 41;
const changeColumns = 13;
const subjectColumns = 24;
const narrow = 100;

function notificationRow(notification: ReceivedNotification, width: number, language: Language): string {
  const { data } = notification;
  const label = severityPaint[data.severity](` ${inColumns(severityWords[data.severity][language], 6)} `);
  const hasChange = width >= narrow;
  const titleColumns = width - fixedColumns - subjectColumns - (hasChange ? changeColumns + 1 : 0);
  return [
    ` ${dim(clock(notification.receivedAt))}`,
    label,
    inColumns(data.matter.title[language], Math.max(8, titleColumns)),
    inColumns(data.subject.id, subjectColumns),
    inColumns(valueText(notification), 11),
    ...(hasChange ? [inColumns(data.change, changeColumns)] : []),
    dim(shortDuration(tookMs(notification)).padStart(7)),
  ].join(' ');
}

function notificationRows(model: ViewModel, width: number, language: Language): string[] {
  const head = bold('  Notifications, as the regulator received them');
  const rows = model.notifications.slice(-shownNotifications);
  if (rows.length === 0) return [head, dim('  none yet: nothing is wrong in the city')];
  return [
    `${head}${dim(`  ${model.heard} so far; right: from the broker to here`)}`,
    ...rows.map((one) => notificationRow(one, width, language)),
  ];
}

/** Shell lines to paste: the first two once, then any request as anybody of the city. */
function tryRows({ apiUrl, curlFolder, notifications, people }: ViewModel): string[] {
  const newest = notifications.at(-1)?.data.alertId;
  const acknowledge = `  as regulator -H "Idempotency-Key: $RANDOM" -d '{}' "$API/v1/alerts/${newest}/acknowledge"`;
  const enterprises = people.filter(({ role }) => role === 'enterprise').map(({ name }) => name);
  return [
    `${bold('  Try the API')}${dim('  the first two lines once')}`,
    `  API='${apiUrl}'`,
    `  as() { curl -sK "${curlFolder}/$1" "\${@:2}"; }`,
    '  as regulator "$API/v1/alerts"',
    ...(newest === undefined ? [] : [acknowledge]),
    dim(`  or as engineer, ${enterprises[0]} and ${Math.max(0, enterprises.length - 1)} more enterprises`),
  ];
}

/** The whole view, at most `width` columns wide. */
export function renderView(model: ViewModel, width: number, language: Language): string[] {
  const head = `${bold(severityPaint.red(' TOCSIN '))} ${bold(model.title)}  ${dim(`up ${upTime(model.upSeconds)}`)}`;
  return [
    '',
    ` ${head}`,
    '',
    readingsRow(model),
    devicesRow(model),
    alertsRow(model),
    '',
    ...notificationRows(model, width, language),
    '',
    ...tryRows(model),
    dim(`  platform ${model.endpoint}, devices ${model.mqtt}`),
    dim('  Ctrl-C stops everything; in another terminal: npm run status, npm run logs -- ingest'),
    ...model.notices.map((notice) => `  ${notice}`),
  ].map((line) => within(line.trimEnd(), width));
}

/** A line that would wrap would shift everything below it. */
function within(line: string, width: number): string {
  return columns(line) <= width ? line : inColumns(withoutColours(line), width);
}

/** The same in one line, for a log. */
export function renderLine(model: ViewModel): string {
  const rate = model.perSecond.slice(-10).reduce((sum, one) => sum + one, 0) / 10;
  const open = severities
    .toReversed()
    .filter((severity) => (model.open?.[severity] ?? 0) > 0)
    .map((severity) => `${model.open?.[severity]} ${severity}`);
  const alerts = model.open === undefined ? 'unknown' : open.length > 0 ? open.join(', ') : 'none';
  return `${upTime(model.upSeconds)}  ${rate.toFixed(1)} readings/s  ${model.devicesOnline}/${model.devices} devices online  open alerts: ${alerts}`;
}

/** One notification in one line, for a log. */
export function renderNotificationLine(notification: ReceivedNotification, language: Language): string {
  const { data } = notification;
  const reasons: Readonly<Record<string, { zh: string; en: string }>> = reasonWords;
  return [
    clock(notification.receivedAt),
    severityWords[data.severity][language],
    data.matter.title[language],
    data.subject.id,
    valueText(notification),
    `(${reasons[data.reason]?.[language] ?? data.reason})`,
    `after ${shortDuration(tookMs(notification))}`,
  ]
    .filter((part) => part !== '')
    .join('  ');
}
