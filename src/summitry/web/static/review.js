// Review by keyboard. Every key presses a button or follows a link that is there without scripts too.
"use strict";

const keyed = new Map();
for (const one of document.querySelectorAll("[data-key]")) {
  for (const key of one.dataset.key.split(" ")) if (!keyed.has(key)) keyed.set(key, one);
}

let sent = false;
for (const form of document.querySelectorAll('form[method="post"]')) {
  // A key held down, or a second click, sends nothing twice.
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
}
window.addEventListener("pageshow", () => {
  sent = false;
});

function openEdit() {
  const details = document.getElementById("edit");
  details.open = true;
  const field = details.querySelector('[aria-invalid="true"]') || details.querySelector("select, textarea, input[type=text]");
  field.focus();
}

document.addEventListener("keydown", (event) => {
  const at = event.target;
  const typing = at instanceof Element && at.closest("input, textarea, select, [contenteditable]");
  if (event.key === "Escape" && typing) {
    at.blur();
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat || sent) return;
  const found = keyed.get(event.key.toLowerCase());
  if (!found) return;
  event.preventDefault();
  if (found.dataset.opens) openEdit();
  else if (found.matches("input")) found.focus();
  else found.click();
});

for (const link of document.querySelectorAll("[data-opens]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    openEdit();
  });
}

// What was typed beside the buttons is the note of an edit too.
const notes = [...document.querySelectorAll('input[name="note"]')];
for (const note of notes) {
  note.addEventListener("input", () => {
    for (const other of notes) other.value = note.value;
  });
}
if (document.querySelector('[aria-invalid="true"]')) openEdit();
