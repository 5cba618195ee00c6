// Statements: copying, boxes that stay ticked from page to page, and the filter of a file read from disk.
"use strict";

const DESK = "http://127.0.0.1:8642";
const KEPT = "summitry-quotes";

// Copies name the desk by its usual address; where it answers on another, by that.
function withDesk(text) {
  return location.protocol.startsWith("http") ? text.replaceAll(`${DESK}/row/`, `${location.origin}/row/`) : text;
}

// The clipboard is refused on some pages (not on this machine, no permission): then a hidden field is selected.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    field.setAttribute("aria-hidden", "true");
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

function tell(button, done) {
  const label = (button.dataset.label ??= button.textContent);
  button.textContent = done ? "Copied" : "Not copied: select the text";
  setTimeout(() => { button.textContent = label; }, 1600);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => tell(button, await copy(withDesk(button.dataset.copy))));
}
for (const field of document.querySelectorAll("textarea.sheet")) field.value = withDesk(field.value);
for (const button of document.querySelectorAll("[data-copy-from]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    tell(button, await copy(document.getElementById(button.dataset.copyFrom).value));
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

const form = document.querySelector("form.choose");
if (form) {
  const boxes = [...form.querySelectorAll('input[name="ids"]')];
  const here = new Set(boxes.map((box) => box.value));
  const told = form.querySelector(".chosen");
  const none = form.querySelector("[data-choose-none]");
  const copies = form.querySelector("[data-copy-chosen]");
  let kept = [];
  try {
    kept = JSON.parse(sessionStorage.getItem(KEPT)) ?? [];
  } catch {
    kept = [];
  }
  for (const box of boxes) box.checked ||= kept.includes(box.value);

  const refresh = () => {
    const ticked = boxes.filter((box) => box.checked).map((box) => box.value);
    kept = [...kept.filter((id) => !here.has(id) || ticked.includes(id)), ...ticked.filter((id) => !kept.includes(id))];
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
    } catch {
      // Without storage the boxes of this page count.
    }
    const elsewhere = kept.length - ticked.length;
    told.textContent = kept.length ? `${kept.length} ticked${elsewhere ? `, ${elsewhere} of them on other pages` : ""}` : "";
    none.hidden = !kept.length;
    copies.hidden = !ticked.length;
  };
  form.addEventListener("change", refresh);
  none.addEventListener("click", () => {
    kept = [];
    for (const box of boxes) box.checked = false;
    refresh();
  });
  copies.addEventListener("click", async () => {
    const texts = boxes.filter((box) => box.checked)
      .map((box) => withDesk(box.closest("li").querySelector("[data-copy]").dataset.copy));
    tell(copies, await copy(texts.join("\n\n")));
  });
  // Those ticked on other pages go along, in the order in which they were ticked.
  form.addEventListener("submit", (event) => {
    if (!kept.length) {
      event.preventDefault();
      told.textContent = "Tick the boxes of some statements first.";
      return;
    }
    event.preventDefault();
    const asked = new URLSearchParams(new FormData(form));
    asked.set("ids", kept.join(","));
    location.href = `${form.getAttribute("action")}?${asked}`;
  });
  window.addEventListener("pageshow", refresh);
  refresh();
}

// A file of the static site: the words to look in stand in a block of JSON.
const narrow = document.getElementById("narrow");
if (narrow) {
  const index = JSON.parse(document.getElementById("said-index").textContent);
  const fields = ["words", "quote", "record"].map((name) => document.getElementById(`narrow-${name}`));
  const found = document.getElementById("found");
  const all = found.textContent;
  narrow.hidden = false;
  narrow.addEventListener("submit", (event) => event.preventDefault());
  narrow.addEventListener("input", () => {
    const [words, quote, record] = fields.map((field) => field.value.trim().toLowerCase());
    const wanted = words.match(/"[^"]+"|[^\s"]+/g)?.map((one) => one.replaceAll('"', "")) ?? [];
    let shown = 0;
    for (const [id, text, quoted, on] of index) {
      const fits = wanted.every((one) => text.includes(one)) && (!quote || quoted === quote) && (!record || on === record);
      document.getElementById(`said-${id}`).hidden = !fits;
      shown += fits;
    }
    found.textContent = words || quote || record ? `${shown} of the ${index.length} statements of this file` : all;
  });
}
