import * as api from '$lib/api';
import { refusedAsText } from '$lib/texts/move';

/** Copies all who were refused, also those that the screen leaves out; how many. */
export async function copyRefused(): Promise<number> {
  const refused = await api.refusedCustomers();
  await api.copyText(refusedAsText(refused));
  return refused.length;
}
