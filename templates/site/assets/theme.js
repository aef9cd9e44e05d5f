// Sets the chosen colours before anything is drawn.
(() => {
  try {
    const theme = localStorage.getItem('detc-theme');
    if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
  } catch {
    // Storage may be closed; the system's colours are used.
  }
})();
