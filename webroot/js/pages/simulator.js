/** Synthetic load: in the background, and in bursts. */
import { html, nothing, repeat } from "../lib.js";
import { get, post, put } from "../api.js";
import { live } from "../live.js";
import { link } from "../router.js";
import { Resource } from "../resource.js";
import { count, duration } from "../format.js";
import { empty, facts, field, panel, progress, shown, state, time } from "../components/ui.js";
import { ask } from "../components/dialog.js";
import { attempt } from "../components/toasts.js";

export default function simulator({ update }) {
  let wanted = { events: 250, pace_ms: 25, include_moves: true, stream_events: true, seed: 1, files: "" };
  const load = new Resource(() => get("/simulator"), update);
  load.refresh();
  const poll = setInterval(() => load.soon(), 5000);
  const now = () => ({ ...load.data, ...(live.load || {}) });

  const change = (body, text) => attempt(async () => {
    const after = await put("/simulator", body);
    live.load = after;
    return after;
  }, text).then(() => load.refresh());

  async function run(event) {
    event.preventDefault();
    const v = Object.fromEntries(new FormData(event.target));
    wanted = { ...v, include_moves: !!v.include_moves, stream_events: !!v.stream_events };
    const body = { events: Number(v.events), pace_ms: Number(v.pace_ms), seed: Number(v.seed), include_moves: wanted.include_moves, stream_events: wanted.stream_events };
    const ids = v.files.split(/[,\n]/).map((f) => f.trim()).filter(Boolean);
    if (ids.length) body.file_ids = ids;
    if (body.events > 5000 || body.include_moves) {
      const sure = await ask({ title: "Run a burst of " + count(body.events) + " events", confirm: "Run", body: html`<p>${body.pace_ms ? "It takes about " + duration((body.events * body.pace_ms) / 1000) + ". " : ""}${body.include_moves ? "Some files are really moved, about " + count(Math.floor(body.events / 50)) + ", and each move costs what moves cost." : "The events are counted like real ones."}</p>` });
      if (!sure) return;
    }
    const begun = await attempt(() => post("/simulate/burst", body, { Prefer: "respond-async" }), "The burst has begun");
    if (begun?.burst_id) {
      live.bursts.set(begun.burst_id, { started_at: new Date().toISOString(), wanted: body.events, ...begun });
      update();
    }
  }

  const stop = (burst) => attempt(() => post("/simulate/bursts/" + encodeURIComponent(burst.burst_id) + "/cancel"), "The burst is ended");
  const TONES = { running: "busy", done: "good", cancelled: "warn", failed: "bad" };

  function bursts() {
    const list = [...live.bursts.values()].reverse().slice(0, 10);
    if (!list.length) return empty("No burst since this page was opened.");
    return html`<ul class="list">${repeat(list, (b) => b.burst_id, (b) => html`<li class="move"><div class="move-name"><span>${count(b.wanted)} events</span><span class="note">${time(b.started_at)}</span></div>
      <div class="move-state">${state(TONES[b.state], { running: "Running", done: "Done", cancelled: "Ended early", failed: "Failed" }[b.state])}${b.error ? html`<span class="note">${b.error}</span>` : nothing}</div>
      <div class="move-bar">${progress(b.wanted ? (b.events_generated * 100) / b.wanted : 0, "Progress of the burst")}<span class="note num">${count(b.events_generated)} made, ${count(b.stream_enqueued)} streamed, ${count(b.migrations_triggered)} moves</span></div>
      <div class="move-acts">${b.state === "running" ? html`<button type="button" class="button small" @click=${() => stop(b)}>End</button>` : nothing}</div></li>`)}</ul>`;
  }

  function background() {
    const l = now();
    return html`<div class="toolbar">${state(l.enabled ? "good" : "", l.enabled ? "On" : "Off")}
        <button type="button" class="button ${l.enabled ? "" : "primary"}" @click=${() => change({ enabled: !l.enabled }, l.enabled ? "The background load is off" : "The background load is on")}>${l.enabled ? "Switch off" : "Switch on"}</button></div>
      ${facts([["Events a minute", count(l.events_per_minute)], ["Made so far", count(l.events)], ["Moves so far", count(l.moves)], ["Runs on", l.node || "–"]])}
      <form class="stack" @submit=${(e) => { e.preventDefault(); const v = Object.fromEntries(new FormData(e.target)); change({ events_per_minute: Number(v.rate), seed: Number(v.seed), include_moves: !!v.moves }, "The background load is changed"); }}>
        <div class="fields">${field("Events a minute", html`<input name="rate" type="number" min="1" max="60000" required .value=${String(load.data.events_per_minute)}>`, "on average over a day")}${field("Seed", html`<input name="seed" type="number" min="0" required .value=${String(load.data.seed)}>`, "the same seed makes the same rhythm")}</div>
        <label class="check"><input type="checkbox" name="moves" .checked=${load.data.include_moves}>Move files now and then</label>
        <div><button type="submit" class="button">Change</button></div></form>`;
  }

  return {
    live(topics) {
      if (topics.has("snapshot")) load.soon();
    },
    stop() {
      clearInterval(poll);
      load.stop();
    },
    view: () => html`<div class="grid">
        <div>${panel("Background load", shown(load, background, { absent: () => empty("No node runs the simulator.") }))}</div>
        <div>${panel("Burst", html`<form class="stack" @submit=${run}><div class="fields">
          ${field("Events", html`<input name="events" type="number" min="1" max="100000" required .value=${String(wanted.events)}>`)}
          ${field("Wait between events, ms", html`<input name="pace_ms" type="number" min="0" max="10000" required .value=${String(wanted.pace_ms)}>`)}
          ${field("Seed", html`<input name="seed" type="number" min="0" required .value=${String(wanted.seed)}>`)}
          ${field("Only these files", html`<input name="files" .value=${wanted.files} placeholder="all" autocomplete="off" spellcheck="false">`, "names, separated by commas")}</div>
          <label class="check"><input type="checkbox" name="stream_events" .checked=${wanted.stream_events}>Send them through the event broker</label>
          <label class="check"><input type="checkbox" name="include_moves" .checked=${wanted.include_moves}>Move a file for every 50 events</label>
          <div><button type="submit" class="button primary">Run the burst</button></div></form>`, { note: html`its effect is on the page <a href=${link("stream")}>Stream</a>` })}</div>
        <div class="c12">${panel("Bursts", bursts())}</div></div>`,
  };
}
