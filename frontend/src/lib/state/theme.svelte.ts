import * as api from '$lib/api';

/** Keeps data-theme on <html> in step with the desktop. */
class ThemeStore {
  /** Follows the desktop until the returned function is called. */
  follow(): () => void {
    const media = matchMedia('(prefers-color-scheme: dark)');
    let told = false;
    const byMedia = (): void => {
      if (!told) this.#set(media.matches ? 'dark' : 'light');
    };
    const byDesktop = (theme: api.Theme | ''): void => {
      if (theme === '') return;
      told = true;
      this.#set(theme);
    };
    const atFirst = (theme: api.Theme | ''): void => {
      if (!told) byDesktop(theme);
    };
    byMedia();
    media.addEventListener('change', byMedia);
    const stop = api.onEvent('theme', byDesktop);
    api.theme().then(atFirst, byMedia);
    return () => {
      stop();
      media.removeEventListener('change', byMedia);
    };
  }

  #set(theme: api.Theme): void {
    document.documentElement.dataset.theme = theme;
  }
}

export const theme = new ThemeStore();
