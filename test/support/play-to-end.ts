/** For `page.evaluate`: plays the page's first film, and waits for its end. */
export const playToEnd = `new Promise((resolve, reject) => {
  const video = document.querySelector('video');
  video.muted = true;
  video.addEventListener('ended', resolve);
  video.play().catch(reject);
}).then(() => undefined)`;
