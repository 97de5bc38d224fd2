/**
 * Keeps what is dropped on the window from taking the page's place. Wails does so for
 * files alone, and WebKitGTK calls a file a link.
 */
export function keepPage(): void {
  const keep = (event: DragEvent): void => {
    const carried = event.dataTransfer;
    if (!carried?.types.some((type) => type === 'Files' || type === 'text/uri-list')) return;
    event.preventDefault();
    if (event.type === 'dragover') carried.dropEffect = 'copy';
  };
  addEventListener('dragover', keep);
  addEventListener('drop', keep);
}
