/** Files on their way in: dropped or chosen, sent two at a time, with progress. */
import { html, nothing, repeat } from "../lib.js";
import { upload } from "../api.js";
import { bytes } from "../format.js";
import { ask } from "./dialog.js";
import { field, options, progress, state } from "./ui.js";
import { failed, told } from "./toasts.js";

const AT_ONCE = 2;

export class Uploads {
  constructor(update, stored) {
    this.update = update;
    this.stored = stored;
    this.list = [];
    this.over = false;
    this.running = 0;
    this.number = 0;
  }

  /** Asks where they go, and begins. */
  async take(files, locations) {
    if (!files.length || !locations.length) return;
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const values = await ask({
      title: files.length === 1 ? "Upload " + files[0].name : "Upload " + files.length + " files",
      confirm: "Upload",
      body: html`<p>${bytes(size)}, encrypted before it leaves this node. A file of the same name gets the new content.</p>
        ${field("To", html`<select name="location">${options(locations.map((l) => [l.id, l.id + " – " + l.tier + ", " + l.cloud_region]))}</select>`)}
        ${field("Folder", html`<input name="folder" placeholder="none" autocomplete="off" spellcheck="false">`, "Put before the names, as in reports/2026/")}`,
    });
    if (!values) return;
    const folder = values.folder && !values.folder.endsWith("/") ? values.folder + "/" : values.folder;
    for (const file of files) {
      this.list.push({ n: ++this.number, id: folder + file.name, file, place: values.location, sent: 0, state: "waiting", abort: new AbortController() });
    }
    this.next();
  }

  next() {
    while (this.running < AT_ONCE) {
      const one = this.list.find((u) => u.state === "waiting");
      if (!one) break;
      this.send(one);
    }
    this.update();
  }

  async send(one) {
    this.running++;
    one.state = "sending";
    try {
      await upload(one.id, one.file, one.place, (sent) => { one.sent = sent; this.update(); }, one.abort.signal);
      one.state = "stored";
      told(one.id + " is stored at " + one.place);
      this.stored();
    } catch (error) {
      one.state = "failed";
      one.error = error;
      failed(error);
    }
    this.running--;
    this.next();
  }

  clear() {
    this.list = this.list.filter((u) => u.state === "waiting" || u.state === "sending");
    this.update();
  }

  /** Event handlers of the area on which files may be dropped. */
  zone(locations) {
    return {
      over: (event) => {
        if ([...event.dataTransfer.types].includes("Files")) {
          event.preventDefault();
          if (!this.over) { this.over = true; this.update(); }
        }
      },
      leave: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) { this.over = false; this.update(); }
      },
      drop: (event) => {
        event.preventDefault();
        this.over = false;
        this.take([...event.dataTransfer.files], locations());
        this.update();
      },
    };
  }

  view() {
    if (!this.list.length) return nothing;
    return html`<section class="panel" aria-label="Uploads"><div class="panel-body"><ul class="uploads">
      ${repeat(this.list, (u) => u.n, (u) => html`<li><span>${u.id} <span class="note">${bytes(u.file.size)} to ${u.place}</span></span>
        ${progress(u.file.size ? (u.sent * 100) / u.file.size : u.state === "stored" ? 100 : 0, "Progress of " + u.id)}
        ${u.state === "stored" ? state("good", "Stored") : u.state === "failed" ? state("bad", "Failed", u.error.detail) : state("busy", u.state === "sending" ? Math.floor((u.sent * 100) / Math.max(1, u.file.size)) + " %" : "Waiting")}
        ${u.state === "sending" || u.state === "waiting" ? html`<button type="button" class="button small" @click=${() => { if (u.state === "waiting") { u.state = "failed"; u.error = {}; this.update(); } else u.abort.abort(); }}>Cancel</button>` : html`<span></span>`}</li>`)}
      </ul>${this.list.some((u) => u.state === "stored" || u.state === "failed") ? html`<button type="button" class="button small" @click=${() => this.clear()}>Clear</button>` : nothing}</div></section>`;
  }
}
