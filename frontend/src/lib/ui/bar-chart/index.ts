export { default as BarChart } from './BarChart.svelte';
