/** What this room knows: which critical quantity and coefficient GB 18218-2018 gives to a declared chemical. */
import { Fraction } from 'fraction.js';
import type { Chemical } from './chemical.ts';
import { type HazardClass, hazardClasses } from './gb18218-classes.ts';
import { type NamedSubstance, namedSubstances, otherNames, toxicGasBeta } from './gb18218-substances.ts';

export interface Identified {
  /** Row of table 1; absent: found by its classes in table 2. */
  readonly row: number | undefined;
  readonly criticalT: Fraction;
  /** Unknown for a named substance outside table 3 that declares no class. */
  readonly beta: Fraction | undefined;
}

export interface IdentityRefusal {
  readonly ok: false;
  readonly problem: 'cas-not-unique' | 'row-and-cas-differ' | 'class-missing';
  readonly field: 'row' | 'cas' | 'classes';
  readonly remedy: string;
}

const normal = (name: string): string =>
  name.normalize('NFKC').replace(/\s+/g, '').replaceAll('，', ',').toLowerCase();

let rows: ReadonlyMap<string, number> | undefined;

/** Rows by their names, made on first use: a function that grades nothing is bundled without the table. */
const rowByName = (): ReadonlyMap<string, number> => {
  rows ??= new Map<string, number>([
    ...namedSubstances.flatMap(({ row, zh, en }): [string, number][] => [
      [normal(zh), row],
      [normal(en), row],
    ]),
    ...Object.entries(otherNames).map(([name, row]): [string, number] => [normal(name), row]),
  ]);
  return rows;
};

/** Pure carbon monoxide stands in row 13 with coal gas, and has a coefficient by name that coal gas has not. */
const carbonMonoxide = { row: 13, cas: '630-08-0', names: ['一氧化碳', 'carbon monoxide', 'CO'].map(normal) };

/** Elemental phosphorus: white is row 73, red is none, and the number does not say which. */
const sharedCas: Readonly<Record<string, readonly number[]>> = { '7723-14-0': [73] };

const rowOf = (row: number): NamedSubstance | undefined => namedSubstances[row - 1];
const label = (one: NamedSubstance): string => `${one.row} ${one.zh} (${one.en})`;

function rowsOfCas(cas: string): readonly NamedSubstance[] {
  if (cas === carbonMonoxide.cas) return namedSubstances.filter((one) => one.row === carbonMonoxide.row);
  return namedSubstances.filter((one) => one.cas.includes(cas));
}

/** The row of table 1 that the declaration names, none, or why that cannot be told. */
function findRow(
  chemical: Chemical,
): { readonly ok: true; readonly found: NamedSubstance | undefined } | IdentityRefusal {
  const { row, cas, name } = chemical;
  if (row === 'none') return { ok: true, found: undefined };
  const byCas = cas === undefined ? [] : rowsOfCas(cas);
  if (row !== undefined) {
    const found = rowOf(row);
    if (byCas.length > 0 && !byCas.some((one) => one.row === row)) {
      const remedy = `CAS ${cas} belongs to row ${byCas.map(label).join(', ')}: correct row or cas`;
      return { ok: false, problem: 'row-and-cas-differ', field: 'row', remedy };
    }
    return { ok: true, found };
  }
  const named = name === undefined ? undefined : rowByName().get(normal(name));
  if (named !== undefined && (byCas.length === 0 || byCas.some((one) => one.row === named)))
    return { ok: true, found: rowOf(named) };
  const shared = namedSubstances.filter((one) => cas !== undefined && sharedCas[cas]?.includes(one.row));
  if (byCas.length > 1 || shared.length > 0) {
    const rows = byCas.length > 1 ? byCas : shared;
    const remedy = `CAS ${cas} is not unique in table 1: state row as one of ${rows.map(label).join('; ')}, or "none" with classes`;
    return { ok: false, problem: 'cas-not-unique', field: 'row', remedy };
  }
  if (named !== undefined) {
    const remedy = `the name is that of row ${named}, but CAS ${cas} belongs to row ${byCas.map(label).join(', ')}: state row`;
    return { ok: false, problem: 'row-and-cas-differ', field: 'cas', remedy };
  }
  return { ok: true, found: byCas[0] };
}

const isCarbonMonoxide = (chemical: Chemical): boolean =>
  chemical.cas === carbonMonoxide.cas ||
  (chemical.name !== undefined && carbonMonoxide.names.includes(normal(chemical.name)));

/** The standard does not say which class counts when there are several: the graver figure, to err on the safe side. */
function betaOf(
  row: number | undefined,
  chemical: Chemical,
  classes: readonly HazardClass[],
): Fraction | undefined {
  const byName = row === undefined ? undefined : toxicGasBeta[row];
  const isNamed = row !== carbonMonoxide.row || isCarbonMonoxide(chemical);
  if (byName !== undefined && isNamed) return new Fraction(byName);
  return classes
    .map((one) => new Fraction(one.beta))
    .reduce<Fraction | undefined>(
      (most, one) => (most === undefined || one.gt(most) ? one : most),
      undefined,
    );
}

/**
 * Critical quantity and coefficient of one declared chemical.
 *
 * A name in table 1 wins over a class of table 2; of several classes the least critical quantity counts.
 * Source: GB 18218-2018 4.1.2, 4.3.2.
 *
 * @example identify({ cas: '7664-41-7', designMaxT: '10' }) // row 1, Q 10 t, beta 2
 */
export function identify(
  chemical: Chemical,
): { readonly ok: true; readonly identified: Identified } | IdentityRefusal {
  const row = findRow(chemical);
  if (!row.ok) return row;
  const classes = hazardClasses.filter((one) => chemical.classes?.includes(one.symbol));
  const beta = betaOf(row.found?.row, chemical, classes);
  if (row.found !== undefined) {
    const criticalT = new Fraction(row.found.criticalT);
    return { ok: true, identified: { row: row.found.row, criticalT, beta } };
  }
  const [first, ...others] = classes.map((one) => new Fraction(one.criticalT));
  if (first === undefined) {
    const remedy =
      'no row of table 1 has this name or CAS number: state the hazard classes of the substance or mixture ' +
      '(symbols of table 2, such as W5.3), or the row of table 1 whose hazard class the mixture shares';
    return { ok: false, problem: 'class-missing', field: 'classes', remedy };
  }
  const criticalT = others.reduce((least, one) => (one.lt(least) ? one : least), first);
  return { ok: true, identified: { row: undefined, criticalT, beta } };
}
