/** One sensor as a chart: readings, the lines of its rules, and the alerts below on the same axis of time. */
import type { CustomSeriesRenderItemAPI } from 'echarts';
import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Samples } from '../samples.ts';
import type { BandRow } from './bands.ts';
import { faint, fonts, grid, ink, line, severityColours } from './palette.ts';
import type { Threshold } from './thresholds.ts';

echarts.use([LineChart, CustomChart, GridComponent, MarkLineComponent, MarkAreaComponent, SVGRenderer]);

export interface ChartParts {
  readonly samples: Samples;
  readonly unit: string;
  readonly thresholds: readonly Threshold[];
  readonly rows: readonly BandRow[];
  readonly from: number;
  readonly until: number;
  /** A longer stretch without a reading is a gap in the line. Milliseconds. */
  readonly gapMs: number;
  /** What a clock on the wall shows at an instant, as if it were UTC. */
  wallOf(at: number): number;
}

/** Pixels. */
export const chartWidth = 1_080;
const plotHeight = 240;
const rowHeight = 18;
const left = 240;
const right = 210;

/** Each label says its date in full; nobody has to look for the month. */
const dates = {
  year: '{yyyy}',
  month: '{yyyy}-{MM}',
  day: '{MM}-{dd}',
  hour: '{HH}:{mm}',
  minute: '{HH}:{mm}',
  second: '{HH}:{mm}:{ss}',
};

type Point = [number, number | null];

/** Both ends of each stretch, in order of time, with a hole where nothing came. */
function pointsOf({ samples, gapMs, wallOf }: ChartParts): Point[] {
  const { widthMs } = samples;
  const limit = Math.max(gapMs, widthMs * 3);
  const points: Point[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const { at, least, greatest } of samples.stretches()) {
    if (at - last > limit && points.length > 0) points.push([wallOf(last + 1), null]);
    points.push([wallOf(at), least]);
    if (greatest !== least) points.push([wallOf(at + widthMs / 2), greatest]);
    last = at;
  }
  return points;
}

/** Those that would squeeze the readings flat are left to the table. */
function nearThresholds({ thresholds, samples }: ChartParts): readonly Threshold[] {
  const values = samples.stretches().flatMap(({ least, greatest }) => [least, greatest]);
  const [low, high] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [0, 0]);
  const span = Math.max(high - low, Math.abs(high), 1e-9);
  return thresholds.filter(({ value }) => value >= low - 2 * span && value <= high + 2 * span);
}

const markLine = (parts: ChartParts) => ({
  silent: true,
  symbol: 'none',
  animation: false,
  data: nearThresholds(parts).map(({ value, severity, kind, text }) => ({
    yAxis: value,
    lineStyle: {
      color: severityColours[severity],
      type: kind === 'when' ? ('solid' as const) : ('dotted' as const),
      width: kind === 'when' ? 1.2 : 1,
    },
    label: {
      formatter: kind === 'when' ? `${severity}: ${text}` : '',
      position: 'end' as const,
      color: ink,
      fontSize: 10,
      width: right - 16,
      overflow: 'truncate' as const,
    },
  })),
});

/** Alerts as a tint behind the readings. */
const markArea = ({ rows, wallOf }: ChartParts) => ({
  silent: true,
  animation: false,
  data: rows
    .filter(({ isTint }) => isTint)
    .flatMap(({ bands }) => bands)
    .map(({ from, until, severity }): [object, object] => [
      { xAxis: wallOf(from), itemStyle: { color: severityColours[severity], opacity: 0.13 } },
      { xAxis: wallOf(until) },
    ]),
});

/** The bands of all rows as rectangles; one that is too short to be seen is drawn two pixels wide. */
function bandSeries({ rows, wallOf }: ChartParts): echarts.EChartsCoreOption {
  const data = rows.flatMap(({ bands }, row) =>
    bands.map(({ from, until, severity, isStale }) => ({
      value: [row, wallOf(from), wallOf(until), isStale ? 0.45 : 1],
      itemStyle: { color: severityColours[severity] },
    })),
  );
  return {
    type: 'custom',
    xAxisIndex: 1,
    yAxisIndex: 1,
    silent: true,
    animation: false,
    encode: { x: [1, 2], y: 0 },
    data,
    renderItem: (_: unknown, api: CustomSeriesRenderItemAPI) => {
      const [x = 0, y = 0] = api.coord([api.value(1), api.value(0)]);
      const [end = 0] = api.coord([api.value(2), api.value(0)]);
      const height = rowHeight * 0.64;
      return {
        type: 'rect',
        shape: { x, y: y - height / 2, width: Math.max(2, end - x), height },
        style: { fill: String(api.visual('color')), opacity: Number(api.value(3)) },
      };
    },
  };
}

function axes(parts: ChartParts) {
  const { rows, unit, samples, from, until, wallOf } = parts;
  const range = { min: wallOf(from), max: wallOf(Math.max(until, from + 1)) };
  const time = { type: 'time', ...range, axisLine: { lineStyle: { color: faint } } };
  const { names } = samples;
  const values =
    names.length > 0
      ? {
          type: 'value',
          min: 0,
          max: Math.max(1, names.length - 1),
          interval: 1,
          axisLabel: { formatter: (at: number) => names[at] ?? '' },
        }
      : { type: 'value', name: unit, scale: true, nameTextStyle: { color: faint, align: 'right' } };
  return {
    xAxis: [
      {
        ...time,
        gridIndex: 0,
        axisLabel: { show: false },
        axisTick: { show: false },
        splitLine: { show: true, lineStyle: { color: grid } },
      },
      {
        ...time,
        gridIndex: 1,
        axisLabel: { color: ink, hideOverlap: true, formatter: dates },
        splitLine: { show: true, lineStyle: { color: grid } },
      },
    ],
    yAxis: [
      { ...values, gridIndex: 0, splitLine: { lineStyle: { color: grid } } },
      {
        type: 'category',
        gridIndex: 1,
        inverse: true,
        data: rows.map(({ name }) => name),
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { color: ink, fontSize: 11, width: left - 20, overflow: 'truncate', interval: 0 },
      },
    ],
  };
}

/** The chart as SVG, drawn here: whoever opens the file needs no script. */
export function chartSvg(parts: ChartParts): string {
  const bandsHeight = Math.max(1, parts.rows.length) * rowHeight;
  const height = 28 + plotHeight + 12 + bandsHeight + 32;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: chartWidth, height });
  chart.setOption({
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: fonts },
    grid: [
      { left, right, top: 28, height: plotHeight },
      { left, right, top: 28 + plotHeight + 12, height: bandsHeight },
    ],
    ...axes(parts),
    series: [
      {
        type: 'line',
        data: pointsOf(parts),
        showSymbol: parts.samples.stretches().length < 3,
        connectNulls: false,
        silent: true,
        step: parts.samples.names.length > 0 ? 'end' : false,
        lineStyle: { color: line, width: 1.2 },
        itemStyle: { color: line },
        markLine: markLine(parts),
        markArea: markArea(parts),
      },
      bandSeries(parts),
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  // What a script would need to find its way in the picture; nobody runs one.
  return svg.replace(/ ecmeta_\w+="[^"]*"/g, '');
}
