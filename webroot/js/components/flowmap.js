/** The locations, and what flows between them now. */
import { html, svg, nothing } from "../lib.js";
import { bytes, count, rate, short } from "../format.js";

const WIDE = { width: 640, height: 300, across: 215, down: 104 };
const NARROW = { width: 350, height: 330, across: 108, down: 112 };
const WINDOW_MS = 60_000;
const ACTIVE = new Set(["copying", "verified"]);

/** Where each location stands: a triangle for three, a ring for more. */
function places(locations, frame) {
  const n = locations.length;
  return new Map(
    locations.map((location, i) => {
      const angle = n === 3 ? [-150, -30, 90][i] : (360 / n) * i - 90;
      const radians = (angle * Math.PI) / 180;
      return [location.id, { location, x: frame.width / 2 + Math.cos(radians) * frame.across, y: frame.height / 2 + (n === 3 ? -frame.down / 4 : 0) + Math.sin(radians) * frame.down }];
    })
  );
}

/** Per direction: moves under way, their rate, and the bytes of the last minute. */
export function flows(live, told = [], now = Date.now()) {
  const found = new Map();
  const flow = (from, to) => {
    const key = from + ">" + to;
    if (!found.has(key)) found.set(key, { from, to, moves: 0, rate: 0, recent: 0 });
    return found.get(key);
  };
  const unheard = told.filter((move) => !live.moves.has(move.move_id));
  unheard.forEach((move) => {
    if (move.committed_at && now - Date.parse(move.committed_at) < WINDOW_MS) flow(move.from, move.to).recent += move.bytes_total;
  });
  [...unheard, ...live.moves.values()].forEach((move) => {
    if (ACTIVE.has(move.state)) {
      const one = flow(move.from, move.to);
      one.moves++;
      one.rate += move.rate || 0;
    }
  });
  live.flows.forEach((past) => {
    if (now - past.at < WINDOW_MS) {
      const one = flow(past.from, past.to);
      one.recent += past.bytes;
      one.ended = (one.ended || 0) + 1;
    }
  });
  return [...found.values()].filter((f) => f.from && f.to && f.from !== f.to);
}

function arc(a, b) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = Math.hypot(dx, dy) || 1;
  const bend = 26;
  const mx = (a.x + b.x) / 2 - (dy / length) * bend;
  const my = (a.y + b.y) / 2 + (dx / length) * bend;
  const inset = 66 / length;
  const from = { x: a.x + dx * inset, y: a.y + dy * inset * 0.7 };
  const to = { x: b.x - dx * inset, y: b.y - dy * inset * 0.7 };
  return { path: `M${from.x.toFixed(1)} ${from.y.toFixed(1)} Q${mx.toFixed(1)} ${my.toFixed(1)} ${to.x.toFixed(1)} ${to.y.toFixed(1)}`, mx, my };
}

function edge(flow, at) {
  const a = at.get(flow.from);
  const b = at.get(flow.to);
  if (!a || !b) return nothing;
  const { path, mx, my } = arc(a, b);
  const busy = flow.moves > 0 || flow.recent > 0;
  const width = Math.min(6, 2 + Math.log10(1 + flow.recent) * 0.4);
  const text = flow.rate > 0 ? rate(flow.rate) : flow.recent ? bytes(flow.recent) + "/min" : count(flow.moves) + (flow.moves === 1 ? " move" : " moves");
  return svg`<g class="flow ${busy ? "busy" : ""}">
    <path class="flow-line" d=${path} stroke-width=${width.toFixed(1)}></path>
    ${busy ? svg`<path class="flow-dash" d=${path} stroke-width=${width.toFixed(1)}></path>` : nothing}
    <text x=${mx.toFixed(1)} y=${(my + 4).toFixed(1)} class="flow-text">${text}</text></g>`;
}

function node({ location, x, y }) {
  const known = location.files !== null && location.files !== undefined;
  const tone = location.reachable ? "good" : "bad";
  return svg`<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)})" class="place tier-${location.tier}">
    <rect x="-78" y="-31" width="156" height="62" rx="8"></rect>
    <rect class="place-tier" x="-78" y="-31" width="5" height="62" rx="2"></rect>
    <circle class="place-dot ${tone}" cx="61" cy="-15" r="4"></circle>
    <text x="-62" y="-10" class="place-name">${location.id}</text>
    <text x="-62" y="7" class="place-sub">${location.tier}, ${location.cloud_region}</text>
    <text x="-62" y="22" class="place-sub">${known ? short(location.files) + (location.files === 1 ? " file, " : " files, ") + bytes(location.bytes) : "not counted"}</text></g>`;
}

export function flowmap(locations, live, told) {
  const frame = innerWidth < 620 ? NARROW : WIDE;
  const at = places(locations, frame);
  const now = flows(live, told);
  const under = now.reduce((sum, f) => sum + f.moves, 0);
  const pairs = [];
  for (const a of locations) for (const b of locations) if (a.id < b.id) pairs.push([a.id, b.id]);
  const label = "Data between " + locations.map((l) => l.id).join(", ") + ": " + count(under) + " moves under way";
  return html`<svg class="flowmap" viewBox="0 0 ${frame.width} ${frame.height}" role="img" aria-label=${label}>
    ${pairs.filter(([a, b]) => !now.some((f) => (f.from === a && f.to === b) || (f.from === b && f.to === a))).map(([a, b]) => svg`<line class="flow-rest" x1=${at.get(a).x} y1=${at.get(a).y} x2=${at.get(b).x} y2=${at.get(b).y}></line>`)}
    ${now.map((flow) => edge(flow, at))}
    ${[...at.values()].map(node)}</svg>`;
}
