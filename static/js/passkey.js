/* Passkeys: only the browser can ask a device for one.  A form marked data-passkey sends what the
   device answers; what it is asked stands on the page, or at the form’s own address.  Without this
   file every other way of signing in works. */
const bytes = (text) => Uint8Array.from(
  atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0),
);
const letters = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

async function asked(form) {
  if (form.dataset.options) {
    return JSON.parse(document.getElementById(form.dataset.options).textContent).publicKey;
  }
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options.publicKey;
}

const readable = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

async function make(options) {
  return navigator.credentials.create({ publicKey: {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: readable(options.excludeCredentials),
    // It signs in by itself, so it is kept on the device, and asks who holds it.
    authenticatorSelection: {
      residentKey: "required", requireResidentKey: true, userVerification: "required",
    },
  } });
}

async function use(options) {
  return navigator.credentials.get({ publicKey: {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: readable(options.allowCredentials),
  } });
}

function written(credential) {
  const response = {};
  for (const part of [
    "clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle",
  ]) if (credential.response[part]) response[part] = letters(credential.response[part]);
  return JSON.stringify({
    id: credential.id, rawId: letters(credential.rawId), type: credential.type, response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  const ask = form.querySelector("[data-ask]"), failed = form.querySelector("[data-failed]");
  form.hidden = ask.hidden = false;
  form.querySelector("[data-no-passkey]")?.remove();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    ask.disabled = true;
    try {
      const options = await asked(form);
      const credential = await (form.dataset.passkey === "create" ? make : use)(options);
      form.elements.credential.value = written(credential);
      const stays = document.querySelector("input[type=checkbox][name=remember]");
      if (form.elements.remember) form.elements.remember.value = stays?.checked ? "on" : "";
      form.submit();
    } catch {
      failed.hidden = false;
      ask.disabled = false;
    }
  });
}
