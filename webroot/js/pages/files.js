/** All files, paged by the gateway; one of them in the drawer. */
import { html, nothing, repeat, synced } from "../lib.js";
import { page, query } from "../api.js";
import { go, here, link } from "../router.js";
import { live } from "../live.js";
import { Resource } from "../resource.js";
import { count } from "../format.js";
import { remember, remembered } from "../prefs.js";
import { empty, field, options, shown } from "../components/ui.js";
import { ask } from "../components/dialog.js";
import { COLUMNS, nameCell } from "../components/columns.js";
import { Pager } from "../components/pager.js";
import { Uploads } from "../components/uploads.js";
import { Drawer } from "../components/drawer.js";
import { bulkMove, locations, seed } from "../actions.js";

const SIZE = 100;
const FILTERS = ["q", "location", "tier", "sort"];

export default function files({ update, params }) {
  let given = params;
  let typing = 0;
  const pager = new Pager();
  const chosen = new Set();
  let columns = new Set(remembered("columns", COLUMNS.filter((c) => c.on).map((c) => c.id)));
  const places = new Resource(locations, update);
  const list = new Resource(async () => {
    const wanted = Object.fromEntries(FILTERS.map((f) => [f, given[f]]));
    const found = await page("/files" + query({ ...wanted, limit: SIZE, cursor: pager.cursor }));
    pager.next = found.next;
    return found;
  }, update);
  const drawer = new Drawer(update, () => places.data || [], () => list.soon(), () => go({ file: null }));
  const uploads = new Uploads(update, () => list.soon());
  const zone = uploads.zone(() => places.data || []);
  places.refresh();
  list.refresh();
  drawer.show(params.file);

  const key = (p) => FILTERS.map((f) => p[f] || "").join("\n");

  function columnMenu() {
    return html`<details class="menu"><summary class="button">Columns</summary><div class="menu-box">
      ${COLUMNS.map((c) => html`<label class="check"><input type="checkbox" .checked=${columns.has(c.id)} @change=${(e) => {
        e.target.checked ? columns.add(c.id) : columns.delete(c.id);
        remember("columns", [...columns]);
        update();
      }}>${c.head}</label>`)}</div></details>`;
  }

  function head(column) {
    if (!column.sort) return html`<th scope="col" class=${column.right ? "right" : ""}>${column.head}</th>`;
    const now = given.sort || "id";
    const mark = now === column.sort ? " ↑" : now === "-" + column.sort ? " ↓" : "";
    const order = now === column.sort ? "ascending" : now === "-" + column.sort ? "descending" : "none";
    return html`<th scope="col" class=${column.right ? "right" : ""} aria-sort=${order}>
      <button type="button" @click=${() => go({ sort: now === "-" + column.sort ? column.sort : "-" + column.sort })}>${column.head}${mark}</button></th>`;
  }

  async function moveChosen() {
    const values = await ask({
      title: "Move " + count(chosen.size) + " files",
      confirm: "Plan",
      body: html`${field("To", html`<select name="target">${options((places.data || []).map((l) => [l.id, l.id + " – " + l.tier]))}</select>`)}
        <p class="note">Next you see what it costs and how long it takes.</p>`,
    });
    if (values && (await bulkMove({ ids: [...chosen] }, values.target))) {
      chosen.clear();
      list.soon();
    }
  }

  function row(file, shownColumns) {
    const toggle = (e) => { e.target.checked ? chosen.add(file.id) : chosen.delete(file.id); update(); };
    return html`<tr class="link ${given.file === file.id ? "chosen" : ""}" @click=${(e) => { if (!e.target.closest("a, input")) go({ file: file.id }); }}>
      <td><input type="checkbox" aria-label="Choose ${file.id}" .checked=${synced(chosen.has(file.id))} @change=${toggle}></td>
      <td class="name">${nameCell(file, given)}</td>
      ${shownColumns.map((c) => html`<td class=${c.right ? "right" : "nowrap"}>${c.cell(file)}</td>`)}</tr>`;
  }

  function table(found) {
    if (!found.items.length && !pager.back.length) {
      return FILTERS.some((f) => f !== "sort" && given[f])
        ? empty("No file fits.", html`<a class="button" href=${link("files")}>Show all files</a>`)
        : empty("No files yet. Drop files here to upload them, or begin with the samples.", html`<button type="button" class="button primary" @click=${() => seed().then(() => list.refresh())}>Load the sample files</button>`);
    }
    const shownColumns = COLUMNS.filter((c) => columns.has(c.id));
    const all = found.items.every((f) => chosen.has(f.id));
    return html`<div class="scroll"><table><caption class="hidden">Files</caption><thead><tr>
        <th scope="col"><input type="checkbox" aria-label="Choose all on this page" .checked=${synced(all)} @change=${(e) => { found.items.forEach((f) => (e.target.checked ? chosen.add(f.id) : chosen.delete(f.id))); update(); }}></th>
        ${head({ id: "id", head: "Name", sort: "id" })}${shownColumns.map(head)}</tr></thead>
      <tbody>${repeat(found.items, (f) => f.id, (f) => row(f, shownColumns))}</tbody></table></div>
      ${pager.view(found.items.length, SIZE, found.total, () => list.refresh())}`;
  }

  function toolbar() {
    const tiers = [...new Set((places.data || []).map((l) => l.tier))];
    return html`<div class="toolbar">
      <input type="search" aria-label="Search by name" placeholder="Search by name" .value=${synced(given.q || "")} @input=${(e) => {
        const q = e.target.value;
        given = { ...given, q };
        clearTimeout(typing);
        typing = setTimeout(() => go({ q }, { replace: true }), 250);
      }}>
      <select aria-label="Location" @change=${(e) => go({ location: e.target.value })}>${options([["", "All locations"], ...(places.data || []).map((l) => [l.id, l.id])], given.location || "")}</select>
      <select aria-label="Tier" @change=${(e) => go({ tier: e.target.value })}>${options([["", "All tiers"], ...tiers.map((t) => [t, t])], given.tier || "")}</select>
      <span class="push"></span>
      ${chosen.size ? html`<button type="button" class="button" @click=${moveChosen}>Move ${count(chosen.size)} chosen</button>` : nothing}
      ${columnMenu()}
      <label class="button primary" tabindex="0" role="button" @keydown=${(e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); e.target.querySelector("input").click(); } }}>Upload
        <input type="file" multiple hidden @change=${(e) => { uploads.take([...e.target.files], places.data || []); e.target.value = ""; }}></label></div>`;
  }

  let shownKey = key(params);
  return {
    params(now) {
      given = now;
      if (key(now) !== shownKey) {
        shownKey = key(now);
        pager.reset();
        list.refresh();
      }
      drawer.show(now.file);
    },
    live(topics) {
      if (topics.has("snapshot")) places.soon();
      if (topics.has("file") || topics.has("snapshot")) list.soon();
      drawer.live(topics);
    },
    stop() {
      [places, list].forEach((r) => r.stop());
      drawer.stop();
    },
    view() {
      return html`${uploads.view()}
        <section class="panel ${uploads.over ? "drop" : ""}" aria-label="Files" @dragover=${zone.over} @dragleave=${zone.leave} @drop=${zone.drop}>
          <div class="panel-body">${toolbar()}${shown(list, table)}</div></section>
        ${here().params.file ? drawer.view(live) : nothing}`;
    },
  };
}
