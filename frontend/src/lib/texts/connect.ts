import { titleOf } from '$lib/actions/titles';

/** Words of connecting to a Back Office and of the workspaces that are known. */
export const connectTexts = {
  connect: 'Connect to a Back Office',
  connectMore: titleOf('connect'),
  line: 'Share customers with your colleagues. Whoever runs the Back Office gives you these details.',
  address: 'Back Office address',
  addressHint: 'Begins with https://',
  username: 'Username',
  submit: 'Connect',
  known: 'Your workspaces',
  open: (name: string) => `Open ${name}`,
  onThisComputer: 'On this computer',
  at: (office: string, address: string) => (office === '' ? address : `${office} · ${address}`),
  moved: (where: string) => `Moved to ${where}`,
} as const;
