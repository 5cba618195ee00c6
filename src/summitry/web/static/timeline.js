// The timeline's chart, third of three: moving, cards, keys, and the beginning. Without scripts the server's drawing and
// the list say the same.
"use strict";

// ── moving ────────────────────────────────────────────────────────────────────────────────────────────────────
const show = (start, end) => {
  const most = whole.end - whole.start;
  const days = clamp(end - start, LEAST, most);
  if (days !== end - start) {
    const middle = (start + end) / 2;
    start = middle - days / 2;
  }
  start = clamp(start, whole.start, Math.max(whole.end - days, whole.start));
  view = { start, end: start + days };
  current = -1;
  hide();
  redraw();
};
const zoom = (by, at = width / 2) => {
  const day = view.start + (at / width) * (view.end - view.start);
  show(day - (day - view.start) * by, day + (view.end - day) * by);
};
const pan = (share) => {
  const days = (view.end - view.start) * share;
  show(view.start + days, view.end + days);
};

// ── cards ─────────────────────────────────────────────────────────────────────────────────────────────────────
const address = (event) => chart.dataset.row
  .replace("ROW-ID", encodeURIComponent(event[column.id]))
  .replace("SOURCE-ID", encodeURIComponent(data.sources[event[column.source]]));
const day = (event) => event[column.when] || iso(event[column.start]);
const paragraph = (text, name = "") => {
  const made = document.createElement("p");
  made.textContent = text;
  if (name) made.className = name;
  return made;
};
const kind = (event) => {
  const how = data.modalities[event[column.modality]];
  const arms = data.families[event[column.family]][0] === "test" ? ": weapons" : "";
  return `${data.types[event[column.type]].toLowerCase()}${arms}${how === "happened" ? "" : ` (${how})`}`;
};
const words = (hit) => {
  const event = data.events[hit.events[0]];
  if (hit.events.length === 1) {
    const reports = event[column.reports];
    return [
      `${day(event)} · ${kind(event)}`,
      data.who[event[column.who]],
      event[column.summary],
      `${event[column.place] ? `${event[column.place]} · ` : ""}${reports} report${reports === 1 ? "" : "s"} · sure ${(event[column.confidence] / 100).toFixed(2)}`,
    ];
  }
  const when = hit.kind === "span" ? day(event) : hit.size === 1 ? iso(hit.from) : `${iso(hit.from)} to ${iso(hit.to - 1)}`;
  const counts = new Map();
  for (const n of hit.events) {
    const name = data.families[data.events[n][column.family]][1];
    counts.set(name, (counts.get(name) || 0) + 1);
  }
  return [
    `${when} · ${hit.events.length} events`,
    [...counts].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${count} ${name.toLowerCase()}`).join("; "),
  ];
};
const hide = () => {
  tip.hidden = true;
  pinned = false;
  tip.classList.remove("pinned");
};
const card = (hit, pin = false) => {
  const lines = words(hit);
  tip.replaceChildren(...lines.map((line, n) => paragraph(line, n === 0 ? "head" : n === 3 ? "meta" : "")));
  if (hit.events.length > 1) {
    // The most reported first.
    const best = [...hit.events].sort((a, b) => data.events[b][column.reports] - data.events[a][column.reports]);
    const most = pin ? 60 : 3;
    const list = document.createElement("ul");
    for (const n of best.slice(0, most)) {
      const item = document.createElement("li");
      const event = data.events[n];
      const text = `${kind(event)}: ${event[column.summary]}`;
      if (pin) {
        const link = document.createElement("a");
        link.href = address(event);
        link.textContent = text;
        item.append(link);
      } else item.textContent = text;
      list.append(item);
    }
    tip.append(list);
    if (best.length > most) tip.append(paragraph(`${best.length - most} more${pin ? " in the list below" : hit.kind === "bar" && hit.size > 1 ? "; click to go into them" : "; click to list them"}`, "meta"));
  }
  pinned = pin;
  tip.classList.toggle("pinned", pin);
  tip.hidden = false;
  const wide = tip.offsetWidth, tall = tip.offsetHeight;
  const left = clamp(hit.x + Math.min(hit.width, 40) / 2 - wide / 2, 4, Math.max(width - wide - 4, 4));
  const below = hit.y + hit.height + 8;
  const top = below + tall > height && hit.y - tall - 8 > -80 ? hit.y - tall - 8 : below;
  // Set by script, which the content policy lets.
  tip.style.left = `${left}px`;
  tip.style.top = `${top}px`;
  return lines;
};
const open = (hit, apart) => {
  if (hit.events.length === 1) {
    const to = address(data.events[hit.events[0]]);
    if (apart) window.open(to, "_blank", "noopener");
    else location.href = to;
  } else if (hit.kind === "bar" && hit.size > 1) {
    const days = hit.to - hit.from;
    show(hit.from - days * 0.4, hit.to + days * 0.4);
  } else {
    card(hit, true);
    tip.querySelector("a")?.focus({ preventScroll: true });
  }
};
const under = (event) => {
  const box = canvas.getBoundingClientRect();
  const px = event.clientX - box.left, py = event.clientY - box.top;
  // The last drawn lies on top; a finger is thicker than a pointer.
  const slack = event.pointerType === "touch" ? 8 : 1;
  for (let n = hits.length - 1; n >= 0; n--) {
    const hit = hits[n];
    if (px >= hit.x - slack && px <= hit.x + hit.width + slack && py >= hit.y - slack && py <= hit.y + hit.height + slack) return hit;
  }
  return null;
};

// ── pointer, wheel, keys ──────────────────────────────────────────────────────────────────────────────────────
const pointers = new Map();
let drag = null;
canvas.addEventListener("pointerdown", (event) => {
  if (event.button !== 0) return;
  pointers.set(event.pointerId, event.clientX);
  canvas.setPointerCapture(event.pointerId);
  drag = { from: event.clientX, view: { ...view }, moved: false };
  if (pointers.size === 2) {
    const [a, b] = [...pointers.values()];
    drag.pinch = Math.max(Math.abs(a - b), 10);
    drag.middle = (a + b) / 2 - canvas.getBoundingClientRect().left;
    drag.moved = true;
  }
});
canvas.addEventListener("pointermove", (event) => {
  if (!pointers.has(event.pointerId)) {
    if (pinned) return;
    const hit = under(event);
    canvas.classList.toggle("over", Boolean(hit));
    if (hit) card(hit);
    else hide();
    return;
  }
  pointers.set(event.pointerId, event.clientX);
  if (!drag) return;
  if (drag.pinch && pointers.size === 2) {
    const [a, b] = [...pointers.values()];
    const by = drag.pinch / Math.max(Math.abs(a - b), 10);
    const at = drag.view.start + (drag.middle / width) * (drag.view.end - drag.view.start);
    show(at - (at - drag.view.start) * by, at + (drag.view.end - at) * by);
    return;
  }
  const moved = event.clientX - drag.from;
  if (Math.abs(moved) > 4) drag.moved = true;
  if (!drag.moved) return;
  canvas.classList.add("moving");
  const days = (moved / width) * (drag.view.end - drag.view.start);
  show(drag.view.start - days, drag.view.end - days);
});
const up = (event) => {
  const was = drag;
  pointers.delete(event.pointerId);
  canvas.classList.remove("moving");
  if (pointers.size) return;
  drag = null;
  if (event.type !== "pointerup" || !was || was.moved) return;
  const hit = under(event);
  if (!hit) hide();
  // A finger has no hover: the first touch shows the card, the second opens.
  else if (event.pointerType === "touch" && hit.events.length === 1) {
    const again = !tip.hidden && tip.dataset.of === String(hit.events[0]);
    if (again) open(hit);
    else {
      card(hit);
      tip.dataset.of = String(hit.events[0]);
    }
  } else open(hit, event.ctrlKey || event.metaKey);
};
canvas.addEventListener("pointerup", up);
canvas.addEventListener("pointercancel", up);
canvas.addEventListener("pointerleave", () => {
  if (!pinned && document.activeElement !== canvas) hide();
});
canvas.addEventListener("wheel", (event) => {
  if (Math.abs(event.deltaX) > Math.abs(event.deltaY) && !event.ctrlKey) {
    event.preventDefault();
    pan(event.deltaX / width);
    return;
  }
  // The page scrolls unless the reader is in the chart: it must not trap who only passes.
  if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return;
  event.preventDefault();
  zoom(Math.exp(clamp(event.deltaY, -120, 120) / 400), event.clientX - canvas.getBoundingClientRect().left);
}, { passive: false });

const go = (step) => {
  const inside = (hit) => hit.x + hit.width > 0 && hit.x < width;
  let next = current;
  do next = next < 0 && step < 0 ? hits.length - 1 : next + step;
  while (next >= 0 && next < hits.length && !inside(hits[next]));
  if (next < 0 || next >= hits.length) {
    told.textContent = "No further mark in the window.";
    return;
  }
  current = next;
  told.textContent = card(hits[current]).join(". ");
  redraw();
};
const acts = { in: () => zoom(0.6), out: () => zoom(1 / 0.6), back: () => pan(-0.25), on: () => pan(0.25), all: () => show(whole.start, whole.end), fit: () => show(main.start, main.end) };
const keys = { "+": "in", "=": "in", "-": "out", _: "out", ArrowLeft: "back", ArrowRight: "on", 0: "all" };
canvas.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (keys[event.key]) {
    acts[keys[event.key]]();
    told.textContent = `${iso(view.start)} to ${iso(view.end)}`;
  } else if (event.key === "ArrowDown") go(1);
  else if (event.key === "ArrowUp") go(-1);
  else if (event.key === "Enter" && current >= 0) open(hits[current]);
  else if (event.key === "Home") show(whole.start, whole.start + (view.end - view.start));
  else if (event.key === "End") show(whole.end - (view.end - view.start), whole.end);
  else if (event.key === "Escape") {
    hide();
    current = -1;
    redraw();
  } else return;
  event.preventDefault();
});
canvas.addEventListener("blur", () => {
  if (!pinned) hide();
  current = -1;
  redraw();
});
stage.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && pinned) {
    hide();
    canvas.focus();
  }
});
document.addEventListener("pointerdown", (event) => {
  if (pinned && !tip.contains(event.target)) hide();
});
document.getElementById("tools").addEventListener("click", (event) => {
  const act = event.target.dataset?.do;
  if (act) acts[act]();
});

// ── what is shown ─────────────────────────────────────────────────────────────────────────────────────────────
const legend = () => {
  document.querySelectorAll("#legend [data-family]").forEach((item) => {
    const number = data.families.findIndex(([key]) => key === item.dataset.family);
    const label = document.createElement("label");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = true;
    label.append(box, ...item.childNodes);
    item.append(label);
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(number);
      else hidden.add(number);
      item.classList.toggle("off", !box.checked);
      arrange();
      current = -1;
      redraw();
    });
  });
};
const picker = () => {
  const choices = document.getElementById("choices");
  const group = (title, keys) => {
    if (!keys.length) return;
    choices.append(paragraph(title));
    for (const [key, name, count] of keys) {
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.checked = shown.includes(key);
      label.append(box, ` ${name} (${count})`);
      choices.append(label);
      box.addEventListener("change", () => {
        shown = box.checked ? [...shown, key] : shown.filter((one) => one !== key);
        if (chart.dataset.url) {
          const here = new URL(location.href);
          here.searchParams.set("lanes", shown.join(","));
          history.replaceState(null, "", here);
        }
        arrange();
        current = -1;
        redraw();
      });
    }
  };
  group("Parties: what each does", data.lanes.filter(([key]) => !key.includes("-")).slice(0, 16));
  group("Pairs: what each does to the other", data.lanes.filter(([key]) => key.includes("-")).slice(0, 16));
  const pick = document.getElementById("pick");
  document.addEventListener("click", (event) => {
    if (!pick.contains(event.target)) pick.open = false;
  });
  pick.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      pick.open = false;
      pick.querySelector("summary").focus();
    }
  });
};

const measure = () => {
  if (stage.clientWidth === width) return;
  width = stage.clientWidth;
  arrange();
  redraw();
};
const begin = (object) => {
  if (!read(object)) return;
  readLooks();
  for (const id of ["stage", "tools", "hint"]) document.getElementById(id).hidden = false;
  document.getElementById("drawn").hidden = true;
  document.getElementById("years").hidden = true;
  width = stage.clientWidth;
  legend();
  picker();
  arrange();
  redraw();
  new ResizeObserver(measure).observe(stage);
  const anew = () => {
    readLooks();
    redraw();
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", anew);
  chart.dataset.ready = "yes";
};

// A page from disk brings its data along, for a file may not read another; a server is asked for them.
const block = document.getElementById("chart-data");
if (block) begin(JSON.parse(block.textContent));
else if (chart.dataset.url) {
  fetch(chart.dataset.url)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
    .then(begin)
    .catch(() => undefined); // What the server drew stays.
}
