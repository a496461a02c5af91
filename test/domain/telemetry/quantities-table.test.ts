import { quantities } from '../../../functions/domain/telemetry/quantities.ts';

/** Id, unit, decimal places, least and greatest value that nature allows. */
const numbers = `
methane %{vol} 2 0 100
combustible-gas %{LEL} 1 0 100
oxygen %{vol} 1 0 100
co [ppm] 0 0 1000000
co2 %{vol} 2 0 100
hydrogen %{vol} 2 0 100
odorant mg/m3 1 0 10000
h2s mg/m3 2 0 1500000
co-mass mg/m3 2 0 1500000
co2-mass mg/m3 2 0 1500000
no mg/m3 2 0 1500000
no2 mg/m3 2 0 1500000
so2 mg/m3 2 0 1500000
nh3 mg/m3 2 0 1500000
cl2 mg/m3 2 0 1500000
hcl mg/m3 2 0 1500000
hf mg/m3 2 0 1500000
hcn mg/m3 2 0 1500000
phosgene mg/m3 2 0 1500000
ozone mg/m3 2 0 1500000
formaldehyde mg/m3 2 0 1500000
benzene mg/m3 2 0 1500000
toluene mg/m3 2 0 1500000
xylene mg/m3 2 0 1500000
phenol mg/m3 2 0 1500000
methanol mg/m3 2 0 1500000
acrylonitrile mg/m3 2 0 1500000
vinyl-chloride mg/m3 2 0 1500000
ethylene-oxide mg/m3 2 0 1500000
bromine mg/m3 2 0 1500000
phosphine mg/m3 2 0 1500000
arsine mg/m3 2 0 1500000
methyl-bromide mg/m3 2 0 1500000
pm2.5 ug/m3 0 0 100000
pm10 ug/m3 0 0 100000
tsp ug/m3 0 0 1000000
dust mg/m3 1 0 10000
noise dB 1 0 200
wind-speed m/s 2 0 150
temperature Cel 1 -273.15 3000
humidity % 1 0 100
tank-level % 1 0 100
pressure kPa 2 -101.33 1000000
pressure-difference Pa 0 -1000000 1000000
flow m3/h 2 -1000000 1000000
water-level mm 0 -100000 100000
valve-opening % 1 0 100
current A 1 0 100000
risk-index {score} 1 0 1000
displacement mm 2 -100000 100000
deep-displacement mm 2 -100000 100000
settlement mm 2 -100000 100000
crack-width mm 2 0 10000
groundwater-level mm 0 -1000000 1000000
tilt deg 3 -180 180
axial-force kN 1 -1000000 1000000
axial-force-ratio % 1 -1000 1000
earth-pressure kPa 1 -1000 100000
pore-pressure kPa 1 -1000 100000
load t 2 0 10000
load-ratio % 1 0 1000
moment-ratio % 1 0 1000
hook-height m 2 -1000 1000
radius m 2 0 1000
slewing-angle deg 1 -720 720
clearance m 2 0 1000`;

test('the numbers that can be measured are these, in these units, scales and natural ranges', () => {
  const told = [...quantities.values()]
    .filter(({ kind }) => kind === 'number')
    .map(({ id, unit, scale, physical }) => `${id} ${unit} ${scale} ${physical?.min} ${physical?.max}`);
  expect(told).toEqual(numbers.trim().split('\n'));
});

test('the switches are these, in the unit of a bare number', () => {
  const switches = [...quantities.values()].filter(({ kind }) => kind === 'bool');
  expect(switches.map(({ id }) => id)).toEqual([
    'fan-state',
    'power-cut',
    'power-feedback',
    'power-state',
    'smoke',
    'flame',
    'leak',
    'pump-state',
    'interlock-bypass',
    'interlock-trip',
    'blast-door',
    'air-door',
    'emergency-stop',
    'manhole-cover',
  ]);
  expect(switches[0]).toStrictEqual({ id: 'fan-state', unit: '1', scale: 0, kind: 'bool' });
});

test('the enumerations are these, each with its names', () => {
  expect([...quantities.values()].filter(({ kind }) => kind === 'enum')).toStrictEqual([
    { id: 'valve-state', unit: '1', scale: 0, kind: 'enum', names: ['open', 'closed', 'moving'] },
    { id: 'valve-command', unit: '1', scale: 0, kind: 'enum', names: ['open', 'closed'] },
    { id: 'fan-mode', unit: '1', scale: 0, kind: 'enum', names: ['stopped', 'main', 'standby', 'both'] },
  ]);
});
