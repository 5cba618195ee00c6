// The timeline's chart, first of three: what is shown, in which lanes, in which shapes. The three share one scope, that of
// the page: files from disk cannot import one another.
"use strict";

const chart = document.getElementById("chart");
const canvas = document.getElementById("canvas");
const stage = document.getElementById("stage");
const tip = document.getElementById("tip");
const told = document.getElementById("told");
const pen = canvas.getContext("2d");

const DAY = 86400000;
const MARK = 13; // Pixels of a mark with the space around it.
const AXIS = 24;
const LABEL = 18;
const LINE = 7; // Pixels of a line for a span of days.
const LINES = 5; // Rows of such lines in a lane; further ones share the last.
const FEW = 120; // Events of which each is a mark, if it can be.
const MOST_NAMED = 60; // Marks of a lane up to which their words are shown.
const LETTER = 6; // Pixels of a letter, about.
const LEAST = 6; // Days that the window shows at least.
const FRESH = { start: 0, end: 0 };
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

let data, column, lanes = [], hits = [], looks = {}, sprites = new Map(), hidden = new Set();
let view = { ...FRESH }, whole = { ...FRESH }, main = { ...FRESH };
let width = 0, height = 0, rows = 4, asked = 0, current = -1, pinned = false, shown = [];

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const x = (day) => ((day - view.start) / (view.end - view.start)) * width;
const perDay = () => width / (view.end - view.start);

// ── data ──────────────────────────────────────────────────────────────────────────────────────────────────────
const read = (object) => {
  data = object;
  column = Object.fromEntries(data.columns.map((name, n) => [name, n]));
  shown = data.shown;
  const events = data.events;
  if (!events.length) return false;
  const starts = events.map((one) => one[column.start]);
  let last = -Infinity;
  for (const one of events) last = Math.max(last, one[column.end]);
  const pad = (from, to) => {
    const more = Math.max((to - from) * 0.02, 3);
    return { start: from - more, end: to + 1 + more };
  };
  whole = pad(starts[0], last);
  // The main years, as the server has them: without wars recalled and plans for decades to come.
  const held = Math.floor(starts.length * 0.85);
  const upTo = starts[Math.min(Math.floor(starts.length * 0.998), starts.length - 1)];
  let first = 0;
  for (let n = 1; n + held < starts.length; n++) {
    if (starts[n + held] - starts[n] < starts[first + held] - starts[first]) first = n;
  }
  main = pad(starts[first], Math.max(upTo, starts[first]));
  view = { ...main };
  return true;
};

// Lanes of the events that the legend lets through: marks for days, lines for spans of days.
const arrange = () => {
  const number = new Map(data.lanes.map(([key], n) => [key, n]));
  const wanted = new Map(shown.filter((key) => number.has(key)).map((key, n) => [number.get(key), n]));
  lanes = shown.filter((key) => number.has(key)).map((key) => ({ key, name: data.lanes[number.get(key)][1], days: [], spans: new Map() }));
  const others = { key: "others", name: "Others", days: [], spans: new Map() };
  data.events.forEach((event, n) => {
    if (hidden.has(event[column.family])) return;
    const of = [];
    for (const lane of event[column.lanes]) if (wanted.has(lane)) of.push(lanes[wanted.get(lane)]);
    if (!of.length) of.push(others);
    const start = event[column.start], end = event[column.end];
    for (const lane of of) {
      if (start === end) lane.days.push(n);
      else {
        const key = `${start} ${end}`;
        if (!lane.spans.has(key)) lane.spans.set(key, { start, end, events: [] });
        lane.spans.get(key).events.push(n);
      }
    }
  });
  if (others.days.length || others.spans.size) lanes.push(others);
  // A short list of events is shown as marks; of many, a bar tells more than a tower of them.
  rows = data.events.length <= FEW ? 7 : width < 560 ? 3 : 4;
  const size = Math.max(1, Math.ceil((MARK * (whole.end - whole.start)) / Math.max(width, 1)));
  let top = AXIS - 4;
  for (const lane of lanes) {
    lane.count = lane.days.length;
    lane.rows = roomFor(lane, size);
    const ends = [];
    lane.spans = [...lane.spans.values()];
    for (const span of lane.spans) {
      lane.count += span.events.length;
      let row = ends.findIndex((end) => end < span.start);
      if (row < 0) row = Math.min(ends.length, LINES - 1);
      ends[row] = Math.max(ends[row] ?? -Infinity, span.end);
      span.row = row;
    }
    lane.top = top;
    lane.marks = top + LABEL;
    lane.lines = lane.marks + lane.rows * MARK + 3;
    top = lane.lines + ends.length * LINE + 4;
    lane.bottom = top;
  }
  height = Math.max(top + AXIS, 90);
};

// Rows of marks that a lane needs where most lie together, in the widest window.
const roomFor = (lane, size) => {
  let most = 1, at = null, count = 0;
  for (const n of lane.days) {
    const bin = Math.floor(data.events[n][column.start] / size);
    count = bin === at ? count + 1 : 1;
    at = bin;
    if (count > most) most = count;
    if (most >= rows) return rows;
  }
  return most;
};

// ── looks ─────────────────────────────────────────────────────────────────────────────────────────────────────
const readLooks = () => {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["paper", "sheet", "ink", "soft", "line", "focus", "vcoop", "mcoop", "vconf", "mconf"]) {
    looks[name] = style.getPropertyValue(`--${name}`).trim();
  }
  looks.font = getComputedStyle(document.body).fontFamily;
  sprites = new Map();
};
const shapes = {};
for (const one of document.querySelectorAll(".shapes symbol")) {
  shapes[one.id.slice(6)] = new Path2D(one.querySelector("path").getAttribute("d"));
}

// A mark drawn once, and copied: shape by family, colour by quad, outline by modality.
const sprite = (family, quad, modality, big) => {
  const key = `${family} ${quad} ${modality} ${big}`;
  let made = sprites.get(key);
  if (made) return made;
  const ratio = window.devicePixelRatio || 1;
  const size = big ? 16 : 12;
  made = document.createElement("canvas");
  made.width = made.height = Math.ceil((size + 2) * ratio);
  made.size = size + 2;
  const to = made.getContext("2d");
  to.scale((ratio * size) / 16, (ratio * size) / 16);
  to.translate(16 / size, 16 / size);
  const path = shapes[data.families[family][2]];
  const colour = looks[data.quads[quad][1]];
  to.lineJoin = "round";
  // A rim of paper keeps marks that touch apart.
  to.strokeStyle = looks.paper;
  to.lineWidth = 3.4;
  to.stroke(path);
  to.fillStyle = to.strokeStyle = colour;
  const how = data.modalities[modality];
  if (how === "happened") to.fill(path);
  else {
    to.fillStyle = looks.paper;
    to.fill(path);
    to.fillStyle = colour;
    if (how === "alleged") {
      to.globalAlpha = 0.35;
      to.fill(path);
      to.globalAlpha = 1;
    }
    if (how === "threatened") to.setLineDash([5, 2.2]);
    if (how === "hypothetical") to.setLineDash([1.8, 2.2]);
    to.lineWidth = 2.1;
    to.stroke(path);
    to.setLineDash([]);
    if (how === "negated") {
      to.beginPath();
      to.moveTo(1, 15);
      to.lineTo(15, 1);
      to.stroke();
    }
  }
  sprites.set(key, made);
  return made;
};
