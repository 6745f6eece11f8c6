/* Leave this site. Without this file the link still works; with it, the page goes blank at once,
   the address drops out of the Back list, and Shift pressed three times does the same. */
(() => {
  const link = document.querySelector("[data-leave]");
  if (!link) return;
  const LONGEST = 400; // milliseconds
  const go = (event) => {
    if (event) event.preventDefault();
    document.documentElement.classList.add("gone");
    document.title = "\u00a0";
    // What is being typed is on its way before the session ends; the page is blank meanwhile.
    const last = [], away = () => location.replace(link.href);
    document.dispatchEvent(new CustomEvent("leaving", { detail: last }));
    if (!last.length) return away();
    Promise.race([...last, new Promise((done) => { setTimeout(done, LONGEST); })]).then(away, away);
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
