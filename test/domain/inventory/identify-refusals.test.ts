import { Chemical } from '../../../functions/domain/inventory/chemical.ts';
import { grade } from '../../../functions/domain/inventory/grading.ts';
import { identify } from '../../../functions/domain/inventory/identify.ts';

const find = (declared: object) => identify(Chemical.parse({ designMaxT: '1', ...declared }));

test('a row is refused with the CAS number of another, and told where the number belongs', () => {
  expect(find({ row: 12, cas: '7664-41-7' })).toStrictEqual({
    ok: false,
    problem: 'row-and-cas-differ',
    field: 'row',
    remedy: 'CAS 7664-41-7 belongs to row 1 氨 (ammonia): correct row or cas',
  });
});

test('a row is refused with a CAS number of several others, and told all of them', () => {
  expect(find({ row: 1, cas: '6484-52-2' })).toStrictEqual({
    ok: false,
    problem: 'row-and-cas-differ',
    field: 'row',
    remedy:
      'CAS 6484-52-2 belongs to row 43 硝酸铵(可燃物>0.2%) (ammonium nitrate, combustibles >0.2%), ' +
      '44 硝酸铵(可燃物≤0.2%) (ammonium nitrate, combustibles <=0.2%): correct row or cas',
  });
});

test('a row that is one of several of its CAS number is not refused', () => {
  expect(find({ row: 44, cas: '6484-52-2' })).toMatchObject({ ok: true, identified: { row: 44 } });
});

test('a CAS number of several rows is refused, and told all of them', () => {
  expect(find({ cas: '6484-52-2' })).toStrictEqual({
    ok: false,
    problem: 'cas-not-unique',
    field: 'row',
    remedy:
      'CAS 6484-52-2 is not unique in table 1: state row as one of ' +
      '43 硝酸铵(可燃物>0.2%) (ammonium nitrate, combustibles >0.2%); ' +
      '44 硝酸铵(可燃物≤0.2%) (ammonium nitrate, combustibles <=0.2%), or "none" with classes',
  });
});

test('a name of another row does not choose among the rows of a CAS number', () => {
  expect(find({ name: '氯', cas: '6484-52-2' })).toMatchObject({ problem: 'cas-not-unique' });
});

test.each([{}, { name: 'phosphorus' }])('the number of phosphorus is refused without a row: %j', (named) => {
  expect(find({ ...named, cas: '7723-14-0' })).toStrictEqual({
    ok: false,
    problem: 'cas-not-unique',
    field: 'row',
    remedy:
      'CAS 7723-14-0 is not unique in table 1: state row as one of 73 白磷 (white phosphorus), or "none" with classes',
  });
});

test('phosphorus with its row or with none is not refused', () => {
  expect(find({ cas: '7723-14-0', row: 73 })).toMatchObject({ ok: true, identified: { row: 73 } });
  expect(find({ cas: '7723-14-0', row: 'none', classes: ['W10'] })).toMatchObject({ ok: true });
});

test('a name is refused with the CAS number of another substance', () => {
  expect(find({ name: '氯', cas: '7664-41-7' })).toStrictEqual({
    ok: false,
    problem: 'row-and-cas-differ',
    field: 'cas',
    remedy: 'the name is that of row 12, but CAS 7664-41-7 belongs to row 1 氨 (ammonia): state row',
  });
});

test.each([{ name: 'solvent X' }, { cas: '7732-18-5' }, { name: '氨', row: 'none' }])(
  'what is in no row is refused without a class: %j',
  (declared) => {
    expect(find(declared)).toStrictEqual({
      ok: false,
      problem: 'class-missing',
      field: 'classes',
      remedy:
        'no row of table 1 has this name or CAS number: state the hazard classes of the substance or mixture ' +
        '(symbols of table 2, such as W5.3), or the row of table 1 whose hazard class the mixture shares',
    });
  },
);

const unit = (...list: readonly object[]) => list.map((one) => Chemical.parse(one));

test('a unit is refused at the chemical that cannot be told', () => {
  expect(
    grade(unit({ name: '氨', designMaxT: '1' }, { name: '氯', cas: '7664-41-7', designMaxT: '1' }), 1),
  ).toStrictEqual({
    ok: false,
    problem: 'row-and-cas-differ',
    field: 'chemicals.1.cas',
    remedy: 'the name is that of row 12, but CAS 7664-41-7 belongs to row 1 氨 (ammonia): state row',
  });
});

test('a major source is refused at the chemical that has no coefficient', () => {
  expect(grade(unit({ name: '氨', designMaxT: '10' }, { name: '甲醇', designMaxT: '1' }), 1)).toStrictEqual({
    ok: false,
    problem: 'class-missing',
    field: 'chemicals.1.classes',
    remedy:
      'this is a major hazard source, and table 3 gives this substance no coefficient by name: ' +
      'state its hazard classes (symbols of table 2, such as W2)',
  });
});

test('a major source is refused without the number of people', () => {
  expect(grade(unit({ name: '氨', designMaxT: '10' }), undefined)).toStrictEqual({
    ok: false,
    problem: 'people-missing',
    field: 'peopleNearby',
    remedy:
      'this is a major hazard source: state how many people are usually within 500 m outside the plant boundary (0 if none)',
  });
});
