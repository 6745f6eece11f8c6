// Keeping help numbers on this device: nothing happens before a press, and a second one forgets.
const box = document.querySelector("[data-keep-help]");
const KEPT = "help-now";

function say(state) {
  for (const each of box.querySelectorAll("[data-when]")) each.hidden = each.dataset.when !== state;
}

async function registered() {
  return (await navigator.serviceWorker.getRegistrations())[0];
}

async function forget() {
  await (await registered())?.unregister();
  await caches.delete(KEPT);
}

async function keep() {
  const made = await navigator.serviceWorker.register(box.dataset.keepHelp, { scope: "/" });
  const worker = made.installing || made.waiting || made.active;
  if (worker.state === "activated") return;
  await new Promise((done, failed) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") done();
      if (worker.state === "redundant") failed(new Error("it was not kept"));
    });
  });
}

async function press(event) {
  const wanted = event.target.closest("[data-press]")?.dataset.press;
  if (!wanted) return;
  say("busy");
  try {
    await (wanted === "keep" ? keep() : forget());
    say(wanted === "keep" ? "on" : "off");
  } catch {
    await forget();
    say("failed");
  }
  box.querySelector("[data-when]:not([hidden])").focus();
}

if (box && "serviceWorker" in navigator && "caches" in window) {
  // Whoever takes everything back on this page takes this back too.
  if (new URLSearchParams(window.location.search).has("forgotten")) await forget();
  say((await registered()) ? "on" : "off");
  box.addEventListener("click", press);
}
