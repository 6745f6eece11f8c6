/* Opens a covered photograph where it stands.  Its picture is put there, and so asked for, when it
   is first opened and not before.  Without this file the link opens the same page with it. */
for (const veil of document.querySelectorAll("[data-veil]")) {
  const [cover, link, picture] = ["p", "a", "template"].map((name) => veil.querySelector(name));
  const make = (name, className, ...inside) => {
    const made = document.createElement(name);
    made.className = className;
    made.append(...inside);
    return made;
  };
  const bold = (text) => make("b", "", text);
  const words = cover.querySelector("span");
  const described = words ? [words, document.createElement("br")] : [];
  const shut = make("span", "shut", ...described, bold(link.textContent));
  const summary = make("summary", "", shut, make("span", "open", bold(veil.dataset.veil)));
  const details = make("details", "veil", summary);
  details.addEventListener("toggle", () => details.append(picture.content), { once: true });
  veil.replaceWith(details);
}
