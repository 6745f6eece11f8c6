/* Fills a field with what is selected in the words beside it.  Without this file it is copied there
   by hand.  Labels of marks are not among the words. */
const words = document.querySelector("[data-words]");
let selected = "";

function passage() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return "";
  const range = selection.getRangeAt(0);
  if (!words.contains(range.commonAncestorContainer)) return "";
  const copy = range.cloneContents();
  copy.querySelectorAll(".sh-label").forEach((label) => label.remove());
  copy.querySelectorAll("br").forEach((end) => end.replaceWith("\n"));
  return copy.textContent.trim();
}

if (words) {
  // Pressing a button may end the selection, so it is remembered as it is made.
  document.addEventListener("selectionchange", () => { selected = passage() || selected; });
  document.querySelectorAll("[data-takes]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = document.getElementById(button.dataset.takes);
      if (selected) field.value = selected;
      field.focus();
    });
  });
}
