/** The one event stream of this tab, and what is known from it. */
const TOPICS = ["move", "file", "health", "stream", "alert", "simulator", "consistency"];
const SILENCE_MS = 12_000;
const TELL_MS = 200;
const MOST_MOVES = 500;
const MOST_FEED = 200;
const MOST_RATE = 360;

export const live = {
  /** connecting, live, or gone. */
  status: "connecting",
  heard: 0,
  since: Date.now(),
  events: 0,
  health: null,
  streams: new Map(),
  rate: [],
  feed: [],
  anomalies: [],
  moves: new Map(),
  bursts: new Map(),
  load: null,
  flows: [],
};

const listeners = new Set();
const changed = new Set();
const seenEvents = new Set();
let source = null;
let lastId = null;
let telling = 0;
let toldAt = 0;
let retry = 500;
let reconnecting = 0;

/** Calls with the set of topics that changed: at once after a pause, at most five times a second. */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(topic) {
  changed.add(topic);
  if (!telling) {
    telling = setTimeout(() => {
      telling = 0;
      toldAt = Date.now();
      const topics = new Set(changed);
      changed.clear();
      listeners.forEach((listener) => listener(topics));
    }, Math.max(0, toldAt + TELL_MS - Date.now()));
  }
}

function alive(event) {
  live.heard = Date.now();
  retry = 500;
  if (event?.lastEventId) lastId = event.lastEventId;
  if (live.status !== "live") setStatus("live");
}

function setStatus(status) {
  if (live.status !== status) {
    live.status = status;
    live.since = Date.now();
  }
  tell("status");
}

function on(topic, take) {
  source.addEventListener(topic, (event) => {
    alive(event);
    live.events++;
    take(JSON.parse(event.data));
    tell(topic);
  });
}

function takeSnapshot(state) {
  if (state.health) live.health = state.health;
  (state.stream || []).forEach(takeTick);
  if (state.stream_rate?.length) live.rate = state.stream_rate;
  TOPICS.forEach(tell);
  tell("snapshot");
}

function takeTick(tick) {
  if (tick.kind === "anomaly") {
    live.anomalies.unshift(tick.anomaly);
    live.anomalies.length = Math.min(live.anomalies.length, 100);
    return;
  }
  live.streams.set(tick.node_id, tick);
  const fresh = (tick.latest || []).filter((event) => !seenEvents.has(event.event_id));
  if (fresh.length) {
    fresh.forEach((event) => seenEvents.add(event.event_id));
    live.feed.unshift(...fresh);
    if (live.feed.length > MOST_FEED) live.feed.length = MOST_FEED;
    if (seenEvents.size > 4 * MOST_FEED) {
      seenEvents.clear();
      live.feed.forEach((event) => seenEvents.add(event.event_id));
    }
  }
  const now = Math.floor(Date.now() / 1000);
  const last = live.rate.at(-1);
  if (!last || now - last[0] >= 5) {
    live.rate = [...live.rate, [now, perMinute()]].slice(-MOST_RATE);
  }
}

/** Events a minute over all nodes. */
export function perMinute() {
  let sum = 0;
  live.streams.forEach((tick) => (sum += tick.per_minute));
  return sum;
}

function takeMove(move) {
  const known = live.moves.get(move.move_id);
  const before = known?.bytes_done ?? 0;
  const done = ["committed", "done"].includes(move.state) ? move.bytes_total : move.bytes_done;
  if (done > before || !known) live.flows.push({ at: Date.now(), from: move.from, to: move.to, bytes: Math.max(0, done - before) });
  if (live.flows.length > 4000) live.flows = live.flows.slice(-2000);
  live.moves.delete(move.move_id);
  live.moves.set(move.move_id, move);
  if (live.moves.size > MOST_MOVES) live.moves.delete(live.moves.keys().next().value);
}

/** What the next figures of health will say, too. */
function takeAlert(alert) {
  if (!live.health) return;
  const others = live.health.alerts.filter((one) => one.id !== alert.id);
  live.health = { ...live.health, alerts: alert.state === "resolved" ? others : [alert, ...others] };
}

function connect() {
  clearTimeout(reconnecting);
  source?.close();
  const resume = lastId ? "&last_event_id=" + encodeURIComponent(lastId) : "";
  source = new EventSource("/events?snapshot=true" + resume);
  source.onopen = () => alive();
  source.onerror = () => {
    setStatus("gone");
    // A browser tries again by itself, but not after an answer that refuses: then it is ours to do.
    if (source.readyState === EventSource.CLOSED) later();
  };
  on("alive", () => live.events--);
  on("snapshot", takeSnapshot);
  on("health", (health) => (live.health = health));
  on("stream", takeTick);
  on("move", takeMove);
  on("file", () => {});
  on("alert", takeAlert);
  on("consistency", () => {});
  on("simulator", (event) => {
    if (event.burst_id) live.bursts.set(event.burst_id, event);
    else live.load = event;
  });
}

function later() {
  clearTimeout(reconnecting);
  reconnecting = setTimeout(connect, retry);
  retry = Math.min(retry * 2, 10_000);
}

/** Opens the stream, and opens it anew when it has been silent for too long. */
export function start() {
  connect();
  setInterval(() => {
    const silent = Date.now() - Math.max(live.heard, live.since);
    if (live.status === "live" && silent > SILENCE_MS) {
      setStatus("gone");
      connect();
    } else if (live.status === "gone" && silent > 2 * SILENCE_MS && source.readyState !== EventSource.OPEN) {
      live.since = Date.now();
      connect();
    }
    tell("clock");
  }, 1000);
  addEventListener("online", connect);
}
