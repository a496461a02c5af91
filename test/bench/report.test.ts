import { type Report, tableOf } from '../../bench/report.ts';

const report: Report = {
  bench: 'bundle',
  command: 'npm run bench -- bundle',
  startedAt: '2026-01-02T03:04:05.000Z',
  machine: { cpu: 'Example', coreCount: 2, memoryGb: 8, node: '24.0.0', load: 0.5 },
  groups: [
    {
      title: 'Sizes',
      figures: [
        { name: 'ingest', value: 449, unit: 'kB', goal: 450 },
        { name: 'api', value: 451, unit: 'kB', goal: 450 },
        { name: 'sweep', unit: 'kB', goal: 450, note: 'it does not load' },
      ],
    },
  ],
  remarks: ['Mind the gap.'],
};

test('a table names machine and command, and says of each promise whether it holds', () => {
  expect(tableOf(report).split('\n')).toEqual([
    'bundle: 2026-01-02T03:04:05.000Z, 2 x Example, 8 GB, Node 24.0.0, load 0.5',
    'npm run bench -- bundle',
    '',
    'Sizes',
    '  figure         value  unit  goal           how',
    '  ingest           449  kB    <= 450 met',
    '  api              451  kB    <= 450 MISSED',
    '  sweep   not measured  kB    <= 450         it does not load',
    '',
    '* Mind the gap.',
    '',
  ]);
});

test('a busy machine is told beside its figures', () => {
  const busy = { ...report, machine: { ...report.machine, load: 2.1 } };
  expect(tableOf(busy)).toContain('! load 2.1 at the start');
  expect(tableOf({ ...report, machine: { ...report.machine, load: 2 } })).not.toContain('!');
});
