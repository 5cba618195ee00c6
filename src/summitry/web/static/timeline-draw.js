// The timeline's chart, second of three: lanes of marks drawn on a canvas.
"use strict";

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
