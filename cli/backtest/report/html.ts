/** The report as one page that needs nothing else: no script, no font, no request. */
import { severities } from '../../../functions/domain/severity.ts';
import { faint, fonts, grid, ink, severityColours } from './palette.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);

const style = `
body { font: 14px/1.5 ${fonts}; color: ${ink}; margin: 2rem auto; max-width: 1100px; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; border-bottom: 1px solid ${grid}; }
h3 { font-size: 1rem; margin: 1.75rem 0 .1rem; } p { margin: .25rem 0; } .faint { color: ${faint}; }
table { border-collapse: collapse; margin: .75rem 0; } th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid ${grid}; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
svg { max-width: 100%; height: auto; display: block; } .scroll { overflow-x: auto; }
.key span { display: inline-block; margin-right: 1.2rem; } .key i { display: inline-block; width: .9em; height: .9em; margin-right: .35em; vertical-align: -.1em; }
pre { white-space: pre-wrap; background: #f5f7fa; padding: .75rem; font-size: 12px; }
@media print { body { max-width: none; } figure { break-inside: avoid; } }
figure { margin: 0; }`;

const names: Readonly<Record<string, string>> = {
  red: '红',
  orange: '橙',
  yellow: '黄',
  blue: '蓝',
  signal: '信号',
};

export const key = (): string =>
  `<p class="key">${severities
    .toReversed()
    .map((one) => `<span><i style="background:${severityColours[one]}"></i>${names[one]} ${one}</span>`)
    .join('')}<span><i style="background:${severityColours.red};opacity:.45"></i>失联 stale</span></p>`;

/** A table; cells that are numbers stand to the right. */
export function htmlTable(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const isNumber = header.map((_, column) => rows.every((row) => typeof row[column] === 'number'));
  const cell = (tag: 'th' | 'td', text: string | number, column: number): string =>
    `<${tag}${isNumber[column] ? ' class="number"' : ''}>${escaped(String(text))}</${tag}>`;
  const head = header.map((text, column) => cell('th', text, column)).join('');
  const body = rows
    .map((row) => `<tr>${row.map((text, column) => cell('td', text, column)).join('')}</tr>`)
    .join('\n');
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
}

export const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
