// A report: all passages of a row picked out, words and cards lit together, kinds switched, ids copied.
"use strict";

const article = document.getElementById("article");
const marks = article ? [...article.querySelectorAll("mark[data-rows]")] : [];
const byRow = new Map();
for (const mark of marks) {
  for (const row of mark.dataset.rows.split(" ")) {
    if (!byRow.has(row)) byRow.set(row, []);
    byRow.get(row).push(mark);
  }
}
const cards = new Map([...document.querySelectorAll(".rowcards [data-row]")].map((one) => [one.dataset.row, one]));

function light(rows, name, on) {
  for (const row of rows) {
    for (const mark of byRow.get(row) || []) mark.classList.toggle(name, on);
    const card = cards.get(row);
    if (card) card.classList.toggle(name, on);
  }
}

// The address names a row, or the card of one: all its passages, wherever they stand.
let picked = [];
function pick() {
  light(picked, "picked", false);
  picked = [];
  let asked = "";
  try {
    asked = decodeURIComponent(location.hash.slice(1));
  } catch {
    return;
  }
  const row = asked.replace(/^card-/, "");
  // The start of an id, as briefs print it, stands for all of it where it is the only one.
  if (row.length >= 6 && !byRow.has(row)) {
    const whole = [...byRow.keys()].filter((one) => one.startsWith(row));
    if (whole.length === 1) {
      location.replace(`#${encodeURIComponent(whole[0])}`);
      return;
    }
  }
  const missing = document.getElementById("missing");
  const known = !row || byRow.has(row) || document.getElementById(asked) !== null;
  if (missing) {
    missing.hidden = known;
    missing.querySelector("code").textContent = row;
    const look = missing.querySelector("a");
    if (look.dataset.rowPath) look.href = look.dataset.rowPath.replace(/ROW$/, encodeURIComponent(row));
    else look.hidden = true;
  }
  if (!byRow.has(row)) return;
  picked = [row];
  light(picked, "picked", true);
  const card = cards.get(row);
  const box = document.querySelector(".rows");
  // Within its own box only: the page itself goes where the browser went.
  if (card && box && box.scrollHeight > box.clientHeight && !asked.startsWith("card-")) {
    box.scrollTop += card.getBoundingClientRect().top - box.getBoundingClientRect().top - 48;
  }
}
if (article) {
  window.addEventListener("hashchange", pick);
  pick();
  if (!location.hash) {
    const asked = article.querySelector("mark.asked");
    if (asked) asked.scrollIntoView({ block: "center" });
  }
}

// Hover and focus: words light their cards, cards their words.
let lit = [];
function hover(rows) {
  light(lit, "hover", false);
  lit = rows;
  light(lit, "hover", true);
}
function rowsAt(target) {
  if (!(target instanceof Element)) return [];
  const card = target.closest("[data-row]");
  if (card) return [card.dataset.row];
  const mark = target.closest("mark[data-rows]");
  return mark ? mark.dataset.rows.split(" ").filter((row) => cards.has(row)) : [];
}
if (article) {
  for (const place of [article, document.querySelector(".rows")]) {
    place.addEventListener("mouseover", (event) => hover(rowsAt(event.target)));
    place.addEventListener("mouseleave", () => hover([]));
    place.addEventListener("focusin", (event) => hover(rowsAt(event.target)));
    place.addEventListener("focusout", () => hover([]));
  }
}

// A kind switched off: words that only it marks lose their line, and its numbers go.
const kinds = ["statement", "event", "move", "position", "commitment", "prediction"];
function switched() {
  const off = new Set(kinds.filter((kind) => document.getElementById(`show-${kind}`)?.checked === false));
  for (const mark of marks) {
    const own = mark.dataset.kinds ? mark.dataset.kinds.split(" ") : (mark.dataset.kinds = mark.className.split(" ").filter((one) => kinds.includes(one)).join(" ")).split(" ");
    for (const kind of own) if (kind) mark.classList.toggle(kind, !off.has(kind));
  }
  for (const ref of article.querySelectorAll(".ref")) {
    const card = cards.get(ref.dataset.row);
    ref.classList.toggle("hidden", kinds.some((kind) => off.has(kind) && card?.classList.contains(kind)));
  }
}
if (article) document.querySelector(".switches")?.addEventListener("change", switched);

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const told = new URL(button.dataset.copy, location.href).href;
    const status = document.getElementById("copied");
    try {
      await navigator.clipboard.writeText(told);
      status.textContent = "Copied.";
    } catch {
      status.textContent = told;
    }
  });
}
