export { shown, spoken } from './keys';
export { actions, type Extra, type Handler, type Handlers, type Offered } from './registry.svelte';
export { describe, described, hint, titleOf, type ActionID, type MenuTitle } from './titles';
