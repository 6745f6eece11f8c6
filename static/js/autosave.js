/* Saves the desk ten seconds after typing stops, and on leaving the page; a part that is choices
   more than words, on leaving alone.  What was typed goes to the server only; nothing is stored in
   the browser.  Without this file the buttons do the same. */
const desk = document.querySelector("[data-autosave]");
const status = document.getElementById("saved");
const PAUSE = 10_000, AGAIN = 30_000;
// What the browser still sends for a page that is being left; a longer text is saved sooner.
const CARRIED = 60_000, SHORT_PAUSE = 2_000;
let timer, running, saving = false, changed = false, stopped = false;

const say = (words) => { if (status) { status.hidden = false; status.textContent = words; } };
const words = () => new URLSearchParams(new FormData(desk)).toString();
const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };

/* What may be waited for: the words on their way, if there are any. */
function save(leaving = false) {
  if (changed && !saving && !stopped) running = send(leaving);
  return running;
}

async function send(leaving) {
  saving = true;
  changed = false;
  const body = words();
  try {
    const answer = await fetch(location.pathname, {
      method: "POST", body, keepalive: leaving && body.length < CARRIED,
      headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
    });
    if (answer.status === 403) await renewToken();
    if (!answer.headers.get("Content-Type")?.includes("json")) throw answer;
    const told = await answer.json();
    if (answer.ok) {
      if (desk.elements.revision) desk.elements.revision.value = told.revision;
      say(told.saved);
    } else {
      changed = true;
      stopped = answer.status === 409;
      say(told.message);
      if (!stopped && status) later(AGAIN);
    }
  } catch {
    changed = true;
    if (status) {
      say(status.dataset.failed);
      later(AGAIN);
    }
  }
  saving = false;
  running = undefined;
}

/* Signing in again, in another window, gave this browser another token: fetch the page for it. */
async function renewToken() {
  const page = await (await fetch(location.pathname)).text();
  const fresh = new DOMParser().parseFromString(page, "text/html");
  const token = fresh.querySelector("[data-autosave] [name=csrfmiddlewaretoken]");
  if (token) desk.elements.csrfmiddlewaretoken.value = token.value;
}

if (desk) {
  desk.addEventListener("input", () => {
    changed = true;
    if (status) later(desk.elements.body.value.length * 3 < CARRIED ? PAUSE : SHORT_PAUSE);
  });
  desk.addEventListener("submit", () => { stopped = true; });
  // Before the way out ends the session, and before any other link is followed.
  document.addEventListener("leaving", (event) => {
    const sent = save(true);
    if (sent) event.detail.push(sent.then(() => save(true))); // and what was typed meanwhile
  });
  document.addEventListener("click", (event) => { if (event.target.closest("a")) save(true); }, true);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save(true);
  });
  addEventListener("pageshow", () => { stopped = false; });
}
