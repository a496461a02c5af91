/** What people and devices of a world say of people: none of it may ever stand in a log. */
export const personal = {
  name: 'Zhang San',
  phone: '13800000000',
  /** As the id of a sensor: somebody named it after its owner. */
  sensor: 'lel-of-li-si-13911111111',
} as const;
