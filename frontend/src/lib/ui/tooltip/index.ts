export { Tooltip as TooltipParts } from 'bits-ui';
export { default as Tooltip } from './Tooltip.svelte';
