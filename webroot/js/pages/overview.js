/** Everything at a glance. */
import { html, nothing, repeat } from "../lib.js";
import { get, page } from "../api.js";
import { link } from "../router.js";
import { live, perMinute } from "../live.js";
import { Resource } from "../resource.js";
import { bytes, cents, count, duration, short, usd, words } from "../format.js";
import { bar, empty, panel, shown, state, tier, tile, time } from "../components/ui.js";
import { alerts } from "../components/alerts.js";
import { flowmap } from "../components/flowmap.js";
import { ENDED, merged, moveRow } from "../components/moverow.js";
import { seed, testStorage } from "../actions.js";
import "../components/chart.js";

const TONES = { ok: "good", degraded: "warn", down: "bad" };
const TEXTS = { ok: "Healthy", degraded: "Degraded", down: "Down" };

export default function overview({ update }) {
  const places = new Resource(() => get("/locations"), update);
  const costs = new Resource(() => get("/costs"), update);
  const moves = new Resource(() => page("/moves?limit=100"), update);
  const all = [places, costs, moves];
  all.forEach((r) => r.refresh());
  const poll = setInterval(() => { costs.soon(); places.soon(); }, 15_000);

  const active = () => merged(moves.data?.items || [], live.moves).filter((m) => !ENDED.has(m.state));

  function troubles(health) {
    const away = Object.entries(health.storage).filter(([, s]) => !s.reachable).map(([id]) => id);
    if (!health.mongo.connected) away.unshift("metadata store");
    if (!health.kafka.connected) away.unshift("event broker");
    return away;
  }

  function tiles() {
    const health = live.health;
    const files = places.data?.every((l) => l.files !== null) ? places.data.reduce((s, l) => s + l.files, 0) : null;
    const held = places.data?.reduce((s, l) => s + (l.bytes || 0), 0);
    const away = health ? troubles(health) : [];
    const under = active();
    const stuck = under.filter((m) => m.state === "stuck").length;
    const raised = health?.alerts.filter((a) => a.state === "active") || [];
    const stale = live.status === "gone";
    return html`<div class="tiles">
      ${tile("System", stale ? "Not known" : health ? TEXTS[health.status] : "–", { tone: stale ? "" : TONES[health?.status], sub: stale ? "was " + (health ? TEXTS[health.status].toLowerCase() : "not known") : away.length ? away.join(", ") + " away" : health ? health.nodes.length + (health.nodes.length === 1 ? " node" : " nodes") + ", up " + duration(health.uptime_s) : "" })}
      ${tile("Files", short(files), { sub: held === undefined ? "" : bytes(held) + " stored", href: link("files") })}
      ${tile("Cost a month", usd(costs.data?.projected_monthly), { sub: costs.data ? cents(costs.data.saved_monthly) + " saved by tiers" : "", href: link("costs") })}
      ${tile("Moves under way", count(under.length), { tone: stuck ? "bad" : "", sub: stuck ? count(stuck) + " stuck" : under.length ? "" : "nothing is moving", href: link("moves") })}
      ${tile("Events a minute", short(perMinute()), { href: link("stream"), sub: "", chart: html`<md-chart tiny .label=${"Events a minute in the last hour"} .lines=${[{ label: "events", fill: true }]} .data=${[live.rate.map((p) => p[0]), live.rate.map((p) => p[1])]}></md-chart>` })}
      ${tile("Active alerts", count(raised.length), { tone: raised.length ? "warn" : "", sub: raised.length ? words(raised[0].kind) : "none" })}
    </div>`;
  }

  function first() {
    return panel("This system is empty", html`<p>Begin with the sample files, or drop files of your own on the page Files. They are encrypted before they leave this node.</p>
      <div class="toolbar"><button type="button" class="button primary" @click=${() => seed().then(() => places.refresh())}>Load the sample files</button>
      <a class="button" href=${link("files")}>Upload files</a></div>`);
  }

  function places_(list) {
    const most = Math.max(1, ...list.map((l) => l.bytes || 0));
    return html`<div class="scroll flush"><table><caption class="hidden">Locations</caption><thead><tr><th scope="col">Location</th><th scope="col">Tier</th><th scope="col">Region</th><th scope="col">State</th><th scope="col" class="right">Files</th><th scope="col" class="right">Copies</th><th scope="col" class="right">Stored</th><th scope="col"><span class="hidden">Share</span></th></tr></thead><tbody>
      ${list.map((l) => html`<tr><td><a href=${link("files", { location: l.id })}>${l.id}</a></td><td>${tier(l.tier)}</td><td class="nowrap">${l.cloud_region}</td>
        <td class="nowrap">${l.reachable ? state("good", (l.latency_ms ?? "–") + " ms") : state("bad", "Away", l.detail)}</td>
        <td class="right">${count(l.files)}</td><td class="right">${count(l.copies)}</td><td class="right">${bytes(l.bytes)}</td><td>${bar((l.bytes || 0) / most, "tier-" + l.tier)}</td></tr>`)}</tbody></table></div>`;
  }

  function components(health) {
    const rows = [
      ["Metadata store", health.mongo.connected, health.mongo.latency_ms !== null ? health.mongo.latency_ms + " ms" : "", health.mongo.detail],
      ["Event broker", health.kafka.connected, health.kafka.consumer_lag ? count(health.kafka.consumer_lag) + " events behind" : "up to date", health.kafka.detail],
      ["Simulator", !health.simulator.detail, health.simulator.enabled ? "on" : "off", health.simulator.detail],
    ];
    return html`<ul class="list">
      ${rows.map(([name, well, text, detail]) => html`<li>${state(well ? "good" : "bad", name)}<span class="note push">${well ? text : detail || "away"}</span></li>`)}
      ${Object.entries(health.storage).map(([id, s]) => html`<li>${state(s.reachable ? "good" : "bad", "Storage " + id)}<span class="note push">${s.reachable ? s.latency_ms + " ms" : "away"}</span>${s.reachable ? nothing : html`<span class="note">${s.detail}</span>`}</li>`)}
      ${health.nodes.map((n) => html`<li>${state("good", "Node " + n.node_id)}<span class="note push">up ${duration(n.uptime_s)}</span></li>`)}</ul>`;
  }

  return {
    live(topics) {
      if (topics.has("snapshot")) all.forEach((r) => r.soon());
      if (topics.has("move")) moves.soon(800);
      if (topics.has("file")) { places.soon(2000); costs.soon(5000); }
    },
    stop() {
      clearInterval(poll);
      all.forEach((r) => r.stop());
    },
    view() {
      const isEmpty = places.data?.length && places.data.every((l) => l.files === 0);
      const under = active();
      return html`${isEmpty ? first() : nothing}${tiles()}
        <div class="grid">
          <div class="stack c8">
            ${panel("Data between locations", shown(places, (list) => flowmap(list, live, moves.data?.items)), { note: "what moves now, and in the last minute" })}
            ${panel("Locations", shown(places, places_), { actions: html`<button type="button" class="button small" @click=${testStorage}>Test the stores</button>` })}
            ${panel("Moves under way", shown(moves, () => under.length ? html`<ul class="list">${repeat(under.slice(0, 6), (m) => m.move_id, (m) => moveRow(m, () => moves.soon()))}</ul>` : empty("Nothing is moving.")), { actions: html`<a href=${link("moves")}>All moves</a>` })}
          </div>
          <div class="stack c4">
            ${alerts(live.health?.alerts)}
            ${panel("Components", live.health ? components(live.health) : html`<div class="skeleton"></div>`)}
          </div>
        </div>`;
    },
  };
}
