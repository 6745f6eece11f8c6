/* Leave this site. Without this file the link still works; with it, the page goes blank at once,
   the address drops out of the Back list, and Shift pressed three times does the same. */
(() => {
  const link = document.querySelector("[data-leave]");
  if (!link) return;
  const go = (event) => {
    if (event) event.preventDefault();
    document.documentElement.classList.add("gone");
    document.title = "\u00a0";
    document.dispatchEvent(new Event("leaving"));
    location.replace(link.href);
  };
  link.addEventListener("click", go);
  let presses = 0, timer;
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.repeat) { presses = 0; return; }
    clearTimeout(timer);
    timer = setTimeout(() => { presses = 0; }, 5000);
    presses += 1;
    if (presses === 3) go();
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
