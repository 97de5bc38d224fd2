import { expect, test } from 'vitest';

import type { KnownWorkspace, WorkspaceInfo } from '$lib/api';

import { hostOf, officeOf, placeOf } from './place';

const known = (more: Partial<KnownWorkspace>): KnownWorkspace => ({
  id: 'x',
  kind: 'shared',
  partner_name: 'Wheel Agency',
  partner_username: 'sanne@wheels.example',
  office_name: '',
  address: '',
  open: false,
  moved_to: '',
  ...more,
});

test.each([
  ['https://office.example/', 'office.example'],
  ['http://127.0.0.1:7360', '127.0.0.1:7360'],
  ['https://office.example/desk', 'office.example/desk'],
])('%s is said as %s', (address, host) => {
  expect(hostOf(address)).toBe(host);
});

test('a Back Office goes by its name, or else by its address', () => {
  const address = 'https://office.example';
  expect(placeOf(known({ address }))).toBe('office.example');
  expect(placeOf(known({ address, office_name: 'Office' }))).toBe('Office · office.example');
  const info = { kind: 'shared', address, office_name: '' } as WorkspaceInfo;
  expect(officeOf(info)).toBe('office.example');
  expect(officeOf({ ...info, office_name: 'Office' })).toBe('Office');
});

test('what was moved away says where to', () => {
  expect(placeOf(known({ kind: 'local' }))).toBe('On this computer');
  const moved_to = 'https://office.example';
  expect(placeOf(known({ kind: 'local', moved_to }))).toBe('Moved to office.example');
});
