// The timeline's chart: lanes of marks on a canvas. Without scripts the server's drawing and the list say the same.
"use strict";

(() => {
  const chart = document.getElementById("chart");
  if (!chart) return;
  const canvas = document.getElementById("canvas");
  const stage = document.getElementById("stage");
  const tip = document.getElementById("tip");
  const told = document.getElementById("told");
  const pen = canvas.getContext("2d");
  if (!pen) return;

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

  // ── drawing ───────────────────────────────────────────────────────────────────────────────────────────────────
  const ticks = () => {
    const found = [];
    const days = view.end - view.start;
    const step = (least) => least / perDay(); // Days of so many pixels.
    const put = (date, label, strong) => found.push({ day: date.getTime() / DAY, label, strong });
    const from = new Date(view.start * DAY);
    if (days > 365 * 2.2) {
      const years = [1, 2, 5, 10, 20, 50].find((n) => n * 365 >= step(46)) || 100;
      for (let year = Math.floor(from.getUTCFullYear() / years) * years; ; year += years) {
        const date = new Date(0);
        date.setUTCFullYear(year, 0, 1);
        if (date.getTime() / DAY > view.end) break;
        put(date, String(year), true);
      }
    } else if (days > 75) {
      const months = [1, 2, 3, 6].find((n) => n * 30 >= step(58)) || 12;
      for (let month = from.getUTCFullYear() * 12 + Math.floor(from.getUTCMonth() / months) * months; ; month += months) {
        const date = new Date(Date.UTC(Math.floor(month / 12), month % 12, 1));
        if (date.getTime() / DAY > view.end) break;
        const january = month % 12 === 0;
        put(date, january || !found.length ? `${MONTHS[month % 12]} ${Math.floor(month / 12)}` : MONTHS[month % 12], january);
      }
    } else {
      const each = [1, 2, 7, 14].find((n) => n >= step(62)) || 28;
      for (let day = Math.floor(view.start / each) * each; day <= view.end; day += each) {
        const date = new Date(day * DAY);
        const first = date.getUTCDate() <= each || !found.length;
        put(date, `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}${first ? ` ${date.getUTCFullYear()}` : ""}`, date.getUTCDate() === 1);
      }
    }
    return found;
  };

  const firstFrom = (days, from) => {
    let low = 0, high = days.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (data.events[days[middle]][column.start] < from) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  // Days of a lane in bins of so many days that a mark fits each: few in a bin are marks, many are a bar.
  const binsOf = (lane, size) => {
    const found = [];
    const from = Math.floor(view.start / size) * size;
    const start = column.start;
    let bin = null;
    for (let n = firstFrom(lane.days, from); n < lane.days.length; n++) {
      const event = lane.days[n];
      const day = data.events[event][start];
      if (day > view.end + size) break;
      const at = Math.floor(day / size) * size;
      if (!bin || bin.at !== at) found.push((bin = { at, from: n, to: n }));
      bin.to = n + 1;
    }
    return found;
  };

  const draw = () => {
    asked = 0;
    const began = performance.now();
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.height = `${height}px`;
    }
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = looks.paper;
    pen.fillRect(0, 0, width, height);
    hits = [];
    pen.font = `11px ${looks.font}`;
    pen.textBaseline = "alphabetic";
    pen.lineWidth = 1;
    const marks = ticks();
    for (const [n, tick] of marks.entries()) {
      const at = Math.round(x(tick.day)) + 0.5;
      pen.strokeStyle = looks.line;
      pen.beginPath();
      pen.moveTo(at, 4);
      pen.lineTo(at, height - AXIS + 6);
      pen.stroke();
      // The label of the unit that began before the window makes room for the next.
      if (n === 0 && marks.length > 1 && x(marks[1].day) < 74) continue;
      // Above and below: the lanes may be higher than the window.
      pen.fillStyle = tick.strong ? looks.ink : looks.soft;
      pen.fillText(tick.label, Math.max(at + 3, 3), height - 8);
      pen.fillText(tick.label, Math.max(at + 3, 3), 13);
    }
    const size = Math.max(1, Math.ceil(MARK / perDay()));
    const wide = size * perDay();
    // In a day that is wide enough marks stand side by side.
    const beside = size === 1 ? Math.max(1, Math.floor(perDay() / MARK)) : 1;
    const bins = lanes.map((lane) => binsOf(lane, size));
    let most = 1;
    for (const lane of bins) for (const bin of lane) most = Math.max(most, bin.to - bin.from);
    lanes.forEach((lane, n) => {
      pen.strokeStyle = looks.line;
      pen.beginPath();
      pen.moveTo(0, lane.bottom - 0.5);
      pen.lineTo(width, lane.bottom - 0.5);
      pen.stroke();
      const from = hits.length;
      for (const bin of bins[n]) drawBin(lane, bin, size, wide, beside, most);
      if (hits.length - from <= MOST_NAMED) drawWords(hits.slice(from));
      for (const span of lane.spans) if (span.end >= view.start && span.start <= view.end) drawSpan(lane, span);
    });
    for (const lane of lanes) {
      pen.font = `600 12px ${looks.font}`;
      pen.lineWidth = 4;
      pen.strokeStyle = looks.paper;
      pen.fillStyle = looks.ink;
      const label = `${lane.name} (${lane.count})`;
      pen.strokeText(label, 6, lane.top + 13);
      pen.fillText(label, 6, lane.top + 13);
    }
    hits.sort((a, b) => a.day - b.day || a.y - b.y);
    if (current >= hits.length) current = -1;
    if (current >= 0) {
      const hit = hits[current];
      pen.strokeStyle = looks.focus;
      pen.lineWidth = 2.5;
      pen.strokeRect(hit.x - 2, hit.y - 2, hit.width + 4, hit.height + 4);
    }
    document.getElementById("span").textContent = `${iso(Math.max(view.start, -719528))} to ${iso(view.end)}`;
    // For those who measure: how long this took, in ms.
    stage.dataset.took = (performance.now() - began).toFixed(2);
  };

  const drawBin = (lane, bin, size, wide, beside, most) => {
    const count = bin.to - bin.from;
    const left = x(bin.at);
    const foot = lane.marks + lane.rows * MARK;
    if (count <= lane.rows * beside) {
      for (let n = 0; n < count; n++) {
        const number = lane.days[bin.from + n];
        const event = data.events[number];
        const made = sprite(event[column.family], event[column.quad], event[column.modality], event[column.reports] > 2);
        const across = Math.min(beside, count);
        const middle = size === 1
          ? left + (wide * ((n % across) + 0.5)) / across
          : x(event[column.start] + 0.5);
        const up = foot - (Math.floor(n / across) + 0.5) * MARK;
        pen.drawImage(made, middle - made.size / 2, up - made.size / 2, made.size, made.size);
        hits.push({ x: middle - 7, y: up - 7, width: 14, height: 14, day: event[column.start], events: [number], kind: "mark" });
      }
      return;
    }
    const counts = [0, 0, 0, 0];
    for (let n = bin.from; n < bin.to; n++) counts[data.events[lane.days[n]][column.quad]] += 1;
    // Heights by the square root: a quiet month is still seen beside the week of a summit. The count stands on it.
    // Room is left for what stands on it.
    const tall = Math.max((lane.rows * MARK - 12) * Math.sqrt(count / most), 8);
    let y = foot;
    counts.forEach((part, quad) => {
      const piece = (tall * part) / count;
      pen.fillStyle = looks[data.quads[quad][1]];
      pen.fillRect(left + 0.5, y - piece, Math.max(wide - 1, 1), piece);
      y -= piece;
    });
    let best = bin.from;
    for (let n = bin.from + 1; n < bin.to; n++) {
      if (data.events[lane.days[n]][column.reports] > data.events[lane.days[best]][column.reports]) best = n;
    }
    const top = data.events[lane.days[best]];
    if (top[column.reports] > 2) {
      // What several reports tell stands out of the bar: a summit is not lost among what was said of it.
      const made = sprite(top[column.family], top[column.quad], top[column.modality], true);
      pen.drawImage(made, left + wide / 2 - made.size / 2, y - made.size + 4, made.size, made.size);
    } else if (wide >= String(count).length * 6.2) {
      pen.font = `10px ${looks.font}`;
      pen.textAlign = "center";
      pen.fillStyle = looks.ink;
      pen.strokeStyle = looks.paper;
      pen.lineWidth = 3;
      pen.strokeText(String(count), left + wide / 2, y - 2);
      pen.fillText(String(count), left + wide / 2, y - 2);
      pen.textAlign = "left";
    }
    hits.push({ x: left, y: y - 8, width: wide, height: tall + 8, day: bin.at, events: lane.days.slice(bin.from, bin.to), kind: "bar", from: bin.at, to: bin.at + size, size });
  };

  // Where marks lie apart, the words of each stand beside it, as far as there is room.
  const drawWords = (marks) => {
    pen.font = `11px ${looks.font}`;
    pen.fillStyle = looks.soft;
    for (const mark of marks) {
      if (mark.kind !== "mark" || mark.x < -10) continue;
      const from = mark.x + mark.width + 3;
      let to = width - 4;
      for (const other of marks) {
        if (other !== mark && other.x > mark.x + 1 && other.x < to && other.y < mark.y + 13 && other.y + other.height > mark.y + 1) to = other.x - 4;
        // Side by side in one day, or on top of one another.
        if (other !== mark && Math.abs(other.y - mark.y) < 2 && Math.abs(other.x - mark.x) <= 1) to = from;
      }
      const letters = Math.floor((to - from) / LETTER);
      if (letters < 12) continue;
      const words = data.events[mark.events[0]][column.summary];
      pen.fillText(words.length > Math.min(letters, 60) ? `${words.slice(0, Math.min(letters, 60) - 1).trimEnd()}…` : words, from, mark.y + 11);
    }
  };

  const drawSpan = (lane, span) => {
    const left = x(span.start), right = x(span.end + 1);
    const y = lane.lines + span.row * LINE;
    const counts = [0, 0, 0, 0];
    let sure = false;
    for (const n of span.events) {
      counts[data.events[n][column.quad]] += 1;
      sure = sure || data.events[n][column.modality] === 0;
    }
    const quad = counts.indexOf(Math.max(...counts));
    pen.fillStyle = pen.strokeStyle = looks[data.quads[quad][1]];
    const wide = Math.max(right - left - 1, 2);
    const tall = span.events.length > 1 ? 5 : 3;
    if (sure) pen.fillRect(left, y, wide, tall);
    else {
      pen.lineWidth = 1;
      pen.strokeRect(left + 0.5, y + 0.5, Math.max(wide - 1, 1), tall - 1);
    }
    hits.push({ x: left, y: y - 1, width: wide, height: LINE, day: span.start, events: span.events, kind: "span", from: span.start, to: span.end + 1 });
  };

  const redraw = () => {
    if (!asked) asked = requestAnimationFrame(draw);
  };

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
})();
