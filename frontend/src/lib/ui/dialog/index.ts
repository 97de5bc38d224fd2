export { default as Dialog } from './Dialog.svelte';
export { modal } from './modal';
