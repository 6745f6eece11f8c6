/* Several photographs at once, each sent on its own, with how far it is.  What they are and where
   they stand is said on their own pages afterwards.  Without this file they go one by one. */
const form = document.querySelector("[data-photographs]");
const said = form?.querySelector("[data-progress]");
const file = form?.elements.file;

const words = (text, name) => text.replace("%(name)s", name);

function send(each, line) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const body = new FormData(form);
    body.set("file", each);
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
  file.multiple = true;
  form.addEventListener("submit", async (event) => {
    if (file.files.length < 2) return;
    event.preventDefault();
    let all = true;
    for (const each of [...file.files]) all = await send(each, begin(each)) && all;
    if (all) location.reload();
  });
}
