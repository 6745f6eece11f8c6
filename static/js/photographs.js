/* Several photographs at once, each sent on its own, with how far it is.  What they are and where
   they stand is said on their own pages afterwards.  Without this file they go one by one. */
const form = document.querySelector("[data-photographs]");
const said = form?.querySelector("[data-progress]");
const file = form?.elements.file;

const words = (text, name) => text.replace("%(name)s", name);

function send(each, line, isFirst) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const body = new FormData(form);
    body.set("file", each);
    // What was typed is about one photograph, and not about each.
    if (!isFirst) for (const name of ["description", "kind"]) body.delete(name);
    request.open("POST", location.pathname);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) line.bar.value = event.loaded / event.total;
    };
    request.onloadend = () => {
      let told = {};
      try { told = JSON.parse(request.responseText); } catch { /* no answer of ours */ }
      if (request.status === 200 && told.named) {
        form.elements.named.value = told.named;
        line.text.textContent = words(form.dataset.arrived, each.name);
        done(true);
      } else {
        line.text.textContent = `${each.name}: ${told.message || form.dataset.failed}`;
        done(false);
      }
      line.bar.remove();
    };
    request.send(body);
  });
}

function begin(each) {
  const item = document.createElement("li");
  const text = document.createElement("span"), bar = document.createElement("progress");
  text.textContent = words(form.dataset.sending, each.name);
  bar.value = 0;
  bar.setAttribute("aria-label", each.name);
  item.append(text, " ", bar);
  said.append(item);
  said.hidden = false;
  return { text, bar };
}

if (form && said) {
  let busy = false;
  file.multiple = true;
  form.addEventListener("submit", async (event) => {
    if (busy) return event.preventDefault();
    if (file.files.length < 2) return;
    event.preventDefault();
    busy = true;
    const chosen = [...file.files];
    const arrived = [];
    for (const each of chosen) arrived.push(await send(each, begin(each), each === chosen[0]));
    if (arrived.every(Boolean)) return location.reload();
    busy = false;
    // So that the next press sends none, and says no words, a second time.
    file.value = "";
    if (arrived[0]) {
      form.elements.description.value = "";
      for (const kind of form.elements.kind) kind.checked = false;
    }
  });
}
