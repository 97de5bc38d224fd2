export { default as Menu } from './Menu.svelte';
export { default as MenuGroup } from './MenuGroup.svelte';
export { default as MenuItem } from './MenuItem.svelte';
