/** The stream of access events, what is unusual in it, and the sensor sandbox. */
import { html, nothing, repeat } from "../lib.js";
import { get, post } from "../api.js";
import { link } from "../router.js";
import { live, perMinute } from "../live.js";
import { Resource } from "../resource.js";
import { ago, bytes, clockTime, count, number, short, usd, words } from "../format.js";
import { empty, field, panel, shown, state, tabs, tile, time } from "../components/ui.js";
import { attempt } from "../components/toasts.js";
import { bar } from "../components/ui.js";
import "../components/chart.js";

const FEED_MS = 500;
const FEED_ROWS = 40;

export default function stream({ update, params }) {
  let tab = params.tab || "events";
  let only = params.only || "";
  let held = null;
  const metrics = new Resource(() => get("/streaming/metrics?limit=100"), update);
  const sensors = new Resource(() => get("/stream/peek?limit=500"), update);
  metrics.refresh();
  sensors.refresh();
  const poll = setInterval(() => { metrics.soon(); if (tab === "sensors") sensors.soon(); }, 3000);

  let seen = { at: 0, list: [] };
  /** Looked at anew twice a second at most: nobody reads faster. */
  const feed = () => {
    if (Date.now() - seen.at < FEED_MS && seen.only === only && seen.list.length) return seen.list;
    seen = { at: Date.now(), only, list: newest() };
    return seen.list;
  };
  const newest = () => {
    const all = live.feed.length ? live.feed : metrics.data?.events || [];
    return all.filter((e) => (only === "trouble" ? e.failed_read || e.network_failure || e.sync_conflict || e.high_temp_alert || !e.success : true));
  };

  function tiles(m) {
    const lag = [...live.streams.values()].flatMap((s) => s.partitions).reduce((sum, p) => sum + Math.max(0, p.lag), 0);
    return html`<div class="tiles">
      ${tile("Events a minute", short(perMinute()))}
      ${tile("Behind", count(lag), { sub: lag ? "events wait to be counted" : "all are counted", tone: lag > 1000 ? "warn" : "" })}
      ${tile("Events", short(m?.total_events), { sub: "since the nodes started" })}
      ${tile("Clients", count(m?.active_clients), { sub: "in the last hour" })}
      ${tile("Set aside", count(m?.dead_letters), { sub: "not valid", tone: m?.dead_letters ? "warn" : "" })}
      ${tile("Last anomaly", m?.last_anomaly_ts ? ago(m.last_anomaly_ts) : "none", { sub: m ? count(m.duplicates) + " duplicates left out" : "" })}</div>`;
  }

  function flags(e) {
    const told = [["failed_read", "failed read"], ["network_failure", "network failure"], ["sync_conflict", "conflict"], ["high_temp_alert", "hot"]].filter(([k]) => e[k]);
    return told.length ? told.map(([, t]) => state("warn", t)) : e.success === false ? state("warn", "failed") : nothing;
  }

  function feedTable() {
    const list = (held || feed()).slice(0, FEED_ROWS);
    if (!list.length) return empty(only ? "Nothing of this kind lately." : "No events yet.", only ? nothing : html`<a class="button" href=${link("simulator")}>Make some</a>`);
    return html`<div class="scroll flush"><table class="feed"><caption class="hidden">The newest events</caption><thead><tr><th scope="col">Time</th><th scope="col">File</th><th scope="col">Event</th><th scope="col">Client</th><th scope="col" class="right">Data</th><th scope="col" class="right">Latency</th><th scope="col" class="right">Temperature</th><th scope="col" class="right">Egress</th><th scope="col">Notes</th></tr></thead><tbody>
      ${repeat(list, (e) => e.event_id, (e) => html`<tr><td class="nowrap num">${clockTime(e.ts)}</td><td class="name"><a href=${link("files", { file: e.file_id })}>${e.file_id}</a></td><td>${e.event}</td><td class="nowrap">${e.client_id || "–"}</td>
        <td class="right">${bytes((e.bytes_read || 0) + (e.bytes_written || 0))}</td><td class="right">${e.latency_ms === undefined || e.latency_ms === null ? "–" : number(e.latency_ms, 0) + " ms"}</td><td class="right">${e.temperature === undefined || e.temperature === null ? "–" : number(e.temperature, 1) + " °C"}</td><td class="right">${usd(e.egress_cost)}</td><td>${flags(e)}</td></tr>`)}</tbody></table></div>`;
  }

  function partitions() {
    const rows = [...live.streams.values()].flatMap((s) => s.partitions.map((p) => ({ ...p, node: s.node_id }))).sort((a, b) => a.partition - b.partition);
    const list = rows.length ? rows : metrics.data?.partitions || [];
    if (!list.length) return empty("Nobody reads the stream now.");
    const most = Math.max(1, ...list.map((p) => p.lag));
    return html`<div class="scroll flush"><table><caption class="hidden">Partitions</caption><thead><tr><th scope="col">Part</th><th scope="col" class="right">Read up to</th><th scope="col" class="right">Behind</th><th scope="col"><span class="hidden">Share</span></th><th scope="col">Node</th></tr></thead><tbody>
      ${list.map((p) => html`<tr><td>${p.partition}</td><td class="right">${count(p.offset)}</td><td class="right">${count(p.lag)}</td><td>${bar(p.lag / most)}</td><td class="nowrap">${p.node || "–"}</td></tr>`)}</tbody></table></div>`;
  }

  function anomalies() {
    return live.anomalies.length ? html`<ul class="list">${live.anomalies.slice(0, 12).map((a) => html`<li><div class="grow">${state("warn", words(a.kind))} ${a.file_id ? html`<a href=${link("files", { file: a.file_id })}>${a.file_id}</a>` : nothing}<div class="note">${number(a.value, 1)}, usual is ${number(a.usual, 1)}</div></div><span class="note">${time(a.at)}</span></li>`)}</ul>` : empty("None since this page was opened.");
  }

  function sensorChart(peek) {
    const readings = [...peek.readings].reverse();
    if (!readings.length) return empty("No device has sent a reading. Send one, or several, with the form.");
    const unusual = new Map(peek.anomalies.map((a) => [a.device_id + a.ts, a.temperature]));
    const x = readings.map((r) => Date.parse(r.ts) / 1000);
    return html`<md-chart .label=${"Temperatures of " + peek.devices + " devices, unusual ones marked"}
      .lines=${[{ label: "Temperature", value: (v) => number(v, 1) + " °C" }, { label: "Unusual", colour: "--bad", points: true, value: (v) => number(v, 1) + " °C" }]}
      .data=${[x, readings.map((r) => r.temperature), readings.map((r) => unusual.get(r.device_id + r.ts) ?? null)]}></md-chart>`;
  }

  async function sendReading(event) {
    event.preventDefault();
    const form = event.target;
    const v = Object.fromEntries(new FormData(form));
    await attempt(() => post("/stream/event", { device_id: v.device_id, temperature: Number(v.temperature) }), v.device_id + " told " + v.temperature + " °C");
    sensors.soon(500);
  }

  function sensorPage() {
    return html`<div class="grid"><div class="stack c8">${panel("Temperature", shown(sensors, sensorChart), { note: "all devices; what is unusual is marked red" })}
        ${panel("Latest readings", shown(sensors, (p) => p.readings.length ? html`<div class="scroll flush"><table><caption class="hidden">Readings</caption><thead><tr><th scope="col">Time</th><th scope="col">Device</th><th scope="col" class="right">Temperature</th></tr></thead><tbody>${p.readings.slice(0, 20).map((r) => html`<tr><td class="num">${clockTime(r.ts)}</td><td>${r.device_id}</td><td class="right">${number(r.temperature, 1)} °C</td></tr>`)}</tbody></table></div>` : empty("None yet.")))}</div>
      <div class="stack c4">${panel("Send a reading", html`<form class="stack" @submit=${sendReading}>${field("Device", html`<input name="device_id" required maxlength="128" value="rack-7" autocomplete="off">`)}
        ${field("Temperature, °C", html`<input name="temperature" type="number" step="any" required value="21.5">`)}<button class="button primary" type="submit">Send</button></form>`)}
        ${panel("Unusual", shown(sensors, (p) => p.anomalies.length ? html`<ul class="list">${p.anomalies.slice(0, 12).map((a) => html`<li>${state("warn", a.device_id)}<span>${number(a.temperature, 1)} °C</span><span class="note push">${number(Math.abs(a.score), 1)} deviations, ${time(a.ts)}</span></li>`)}</ul>` : empty("Nothing unusual.")), { note: "against each device's own readings" })}</div></div>`;
  }

  return {
    params(now) {
      tab = now.tab || "events";
      only = now.only || "";
    },
    live(topics) {
      if (topics.has("snapshot")) metrics.soon();
    },
    stop() {
      clearInterval(poll);
      [metrics, sensors].forEach((r) => r.stop());
    },
    view() {
      const chart = html`<md-chart .label=${"Events a minute in the last hour"} .lines=${[{ label: "Events a minute", fill: true, value: (v) => short(v) }]} .data=${[live.rate.map((p) => p[0]), live.rate.map((p) => p[1])]}></md-chart>`;
      return html`${tabs("Stream", [["events", "Access events"], ["sensors", "Sensor sandbox"]], tab, (id) => link("stream", { tab: id }))}
        ${tab === "sensors" ? sensorPage() : html`${metrics.error ? shown({ ...metrics, data: null, refresh: () => metrics.refresh() }, () => nothing) : nothing}${tiles(metrics.data)}
          <div class="grid"><div class="c8">${panel("Events a minute", chart)}</div><div class="c4">${panel("Unusual", anomalies())}</div>
          <div class="c8">${panel("Newest events", feedTable(), { actions: html`<a class="button small" href=${link("stream", { only: only ? "" : "trouble" })}>${only ? "Show all" : "Only trouble"}</a>
            <button type="button" class="button small" aria-pressed=${!!held} @click=${() => { held = held ? null : feed(); update(); }}>${held ? "Go on" : "Pause"}</button>` })}</div>
          <div class="c4">${panel("Parts of the stream", partitions(), { note: metrics.data?.topic })}</div></div>`}`;
    },
  };
}
