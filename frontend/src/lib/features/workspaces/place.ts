import type { KnownWorkspace, WorkspaceInfo } from '$lib/api';
import { common } from '$lib/texts/common';
import { connectTexts as texts } from '$lib/texts/connect';

/** An address as people say it: without the scheme and the slash at the end. */
export function hostOf(address: string): string {
  return address.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

/** What the Back Office of the open workspace is called: where one signs in. */
export function officeOf(info: WorkspaceInfo | undefined): string {
  if (!info) return common.product;
  if (info.kind === 'shared') return info.office_name || hostOf(info.address);
  return info.partner_name;
}

/** Who signs in to the open workspace: a person, or the partner on this computer. */
export function nameOf(info: WorkspaceInfo | undefined): string {
  if (!info) return '';
  return info.kind === 'shared' ? info.member_name : info.partner_name;
}

/** Where a workspace's Back Office is, in words. */
export function placeOf(known: KnownWorkspace): string {
  if (known.kind === 'shared') return texts.at(known.office_name, hostOf(known.address));
  return known.moved_to === '' ? texts.onThisComputer : texts.moved(hostOf(known.moved_to));
}
