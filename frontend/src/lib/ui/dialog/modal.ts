/**
 * The aria-modal of what lies over the window. WebKitGTK has none: once it has hidden
 * a table behind a dialog, it tells assistive technology of no row in it any more,
 * also when the dialog is gone. The focus stays in the dialog by other means.
 */
export const modal = ((agent: string): 'true' | undefined =>
  /Linux.* AppleWebKit(?!.* \w*Chrome)/.test(agent) ? undefined : 'true')(navigator.userAgent);
