/** Colours of the report: those of the four warnings, and what stands beside them. */
import type { Severity } from '../../../functions/domain/severity.ts';

export const severityColours: Readonly<Record<Severity, string>> = {
  red: '#d3222a',
  orange: '#f07c1a',
  yellow: '#e2b400',
  blue: '#2f6fd0',
  signal: '#8a8f98',
};

export const ink = '#1f2933';
export const faint = '#7b8794';
export const grid = '#e4e7eb';
export const line = '#334e68';

/** Without quotes: the chart library puts them into an attribute as they are. */
export const fonts: string =
  'Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, system-ui, sans-serif';
