import './tokens.css';
import './base.css';

import { mount } from 'svelte';

import App from './App.svelte';
import { pageReady } from './lib/api';
import { keepPage } from './lib/keep-page';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

keepPage();

// Once something was painted; a window that is not seen paints nothing.
if (document.hidden) void pageReady();
else requestAnimationFrame(() => void pageReady());

export default mount(App, { target });
