import type { Role } from '$lib/api';

/** The roles as people say them. */
export const roleTitles: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  manager: 'Manager',
  support: 'Support',
};
