import { EventsOn, OnFileDrop } from '$wails/runtime/runtime';

import type { Theme } from './types';

/** What Go tells the window by itself. */
export interface AppEvents {
  /** No data: what is on screen is to be read again. */
  'customers:changed': undefined;
  'visits:changed': undefined;
  /** No data, since events can overtake each other: the state is to be read again. */
  'sync:state': undefined;
  /** No data, as above. */
  'move:state': undefined;
  /** No data, as above: an import or an export got further. */
  'tables:state': undefined;
  /** No data: the file is to be opened. */
  'file:dropped': undefined;
  theme: Theme;
  /** No data: the link is to be asked for. */
  'link:opened': undefined;
  /** No data, as above. */
  'update:state': undefined;
  /** The id of the action that was chosen in a native menu. */
  'action:run': string;
  /** No data, as above. */
  'workspace:state': undefined;
}

/** Listens until the returned function is called. */
export function onEvent<Name extends keyof AppEvents>(
  name: Name,
  handler: (data: AppEvents[Name]) => void,
): () => void {
  return EventsOn(name, handler);
}

/** Has files that are dropped on the window told to Go, which tells 'file:dropped'. */
export function takeDrops(): void {
  OnFileDrop(() => undefined, false);
}
