export { default as TooltipLayer } from './TooltipLayer.svelte';
