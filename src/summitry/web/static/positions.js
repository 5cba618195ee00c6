// Positions: the slider over the months. Without scripts the form and the list of months do the same.
"use strict";

const slider = document.getElementById("slider");
const stops = document.getElementById("stops");

if (slider && stops) {
  const range = slider.querySelector("input");
  const name = slider.querySelector("output");
  const links = [...stops.querySelectorAll("a[data-day]")];
  const date = document.getElementById("as-of");
  let asked = null;
  let timer = 0;

  const words = (link) => link.getAttribute("aria-label") || link.textContent;

  const tell = (index) => {
    name.textContent = words(links[index]);
    range.setAttribute("aria-valuetext", words(links[index]));
  };

  // The month of the page: the one asked for, else the last that had ended by its day.
  const here = () => {
    const current = links.findIndex((link) => link.hasAttribute("aria-current"));
    if (current >= 0) return current;
    const day = date ? date.value : "";
    return Math.max(0, links.filter((link) => link.dataset.day && link.dataset.day <= day).length - 1);
  };

  // What differs from day to day is taken from the page of that day; the slider keeps its place and the focus.
  const swap = (text, link) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const stands = page.getElementById("stands");
    if (!stands) throw new Error("no matrix");
    const open = [...document.querySelectorAll("#stands details.fold")].map((one) => one.open);
    document.getElementById("stands").replaceWith(document.adoptNode(stands));
    document.querySelectorAll("#stands details.fold").forEach((one, n) => { if (open[n]) one.open = true; });
    for (const part of ["header.top", ".foot"]) {
      const fresh = page.querySelector(part);
      const old = document.querySelector(part);
      if (fresh && old) old.replaceWith(document.adoptNode(fresh));
    }
    document.querySelectorAll("body > .banner").forEach((one) => one.remove());
    const main = document.getElementById("main");
    page.querySelectorAll("body > .banner").forEach((one) => main.before(document.adoptNode(one)));
    if (date) date.value = link.dataset.day;
    for (const one of links) one.removeAttribute("aria-current");
    link.setAttribute("aria-current", "date");
  };

  const go = async (index) => {
    const link = links[index];
    // A file may not read another file: it is opened.
    if (location.protocol === "file:") {
      location.href = link.href;
      return;
    }
    if (asked) asked.abort();
    asked = new AbortController();
    slider.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(link.href, { signal: asked.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      swap(await answer.text(), link);
      history.replaceState(null, "", link.href);
      slider.removeAttribute("aria-busy");
    } catch (error) {
      if (error.name !== "AbortError") location.href = link.href;
    }
  };

  range.value = String(here());
  tell(here());
  // A day between two months is told as it is, until the slider moves.
  if (date && date.value && date.value !== links[here()].dataset.day) name.textContent = date.value;
  slider.hidden = false;
  range.addEventListener("input", () => {
    tell(Number(range.value));
    clearTimeout(timer);
    if (location.protocol !== "file:") timer = setTimeout(() => go(Number(range.value)), 120);
  });
  range.addEventListener("change", () => {
    clearTimeout(timer);
    go(Number(range.value));
  });
}

// Passages side by side: the newest is on the right, and what is asked about most.
const beside = document.getElementById("beside");
if (beside && !location.hash) beside.scrollLeft = beside.scrollWidth;
