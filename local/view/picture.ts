/**
 * A picture of the live view for the README:
 * `FORCE_COLOR=1 node local/view/picture.ts .local/view.json docs/images/live-view.svg`. The model is the one that a running city last drew; the lines are the renderer's own.
 */
import { readFile, writeFile } from 'node:fs/promises';
import type { ViewModel } from './model.ts';
import { renderView } from './render.ts';
import { columns } from './style.ts';

const widthColumns = 128;
const columnPx = 8.43;
const linePx = 19;
const paddingPx = 18;
const theme = { background: '#14171c', text: '#d7dae0', dim: '#7d8590', green: '#4ec98a', cyan: '#57c7d4' };
const fills: Readonly<Record<string, { readonly back: string; readonly text: string }>> = {
  '41': { back: '#c9342f', text: '#ffffff' },
  '48;5;208': { back: '#f08c1d', text: '#14171c' },
  '43': { back: '#e5c11f', text: '#14171c' },
  '44': { back: '#2f6fd0', text: '#ffffff' },
};

interface Run {
  readonly text: string;
  readonly colour: string;
  readonly back?: string;
  readonly isBold: boolean;
}

function styleOf(codes: string): Omit<Run, 'text'> {
  const fill = Object.entries(fills).find(([code]) => codes.endsWith(code));
  const isBold = /(^|;)1(;|$)/.test(codes);
  if (fill) return { colour: fill[1].text, back: fill[1].back, isBold };
  const plain = { '2': theme.dim, '32': theme.green, '36': theme.cyan }[codes] ?? theme.text;
  return { colour: plain, isBold };
}

/** The stretches of one line with equal looks; styles nest, the innermost counts. */
function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  const stack: string[] = [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character begins a style
  for (const part of line.split(/(\u001b\[[0-9;]*m)/)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
    const codes = /^\u001b\[([0-9;]*)m$/.exec(part)?.[1];
    if (codes === '0') stack.pop();
    else if (codes !== undefined) stack.push(codes);
    else if (part !== '') runs.push({ text: part, ...styleOf(stack.at(-1) ?? '') });
  }
  return runs;
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function lineSvg(line: string, at: number): string {
  const y = paddingPx + at * linePx;
  let column = 0;
  return runsOf(line)
    .map(({ text, colour, back, isBold }) => {
      const x = (paddingPx + column * columnPx).toFixed(1);
      const width = (columns(text) * columnPx).toFixed(1);
      column += columns(text);
      const box = back
        ? `<rect x="${x}" y="${y + 2}" width="${width}" height="${linePx - 3}" rx="2" fill="${back}"/>`
        : '';
      const weight = isBold ? ' font-weight="bold"' : '';
      const length = text.trim() === '' ? '' : ` textLength="${width}" lengthAdjust="spacingAndGlyphs"`;
      return `${box}<text x="${x}" y="${y + 14}" fill="${colour}"${weight}${length} xml:space="preserve">${escaped(text)}</text>`;
    })
    .join('');
}

/** The lines as one SVG file. */
function pictureOf(lines: readonly string[]): string {
  const width = Math.round(2 * paddingPx + widthColumns * columnPx);
  const height = 2 * paddingPx + lines.length * linePx;
  const font = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" font-family="${font}" font-size="14">`,
    '<title>The live view of a city that runs on one machine</title>',
    `<rect width="100%" height="100%" rx="8" fill="${theme.background}"/>`,
    ...lines.map(lineSvg),
    '</svg>\n',
  ].join('\n');
}

const [modelFile = '', pictureFile = ''] = process.argv.slice(2);
if (pictureFile === '') throw new Error('usage: node local/view/picture.ts <view.json> <picture.svg>');
const model: ViewModel = JSON.parse(await readFile(modelFile, 'utf8'));
await writeFile(pictureFile, pictureOf(renderView(model, widthColumns, 'en')));
