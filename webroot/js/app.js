/** The shell: navigation, what is live, and the page that the address names. */
import { html, nothing, render } from "./lib.js";
import { live, listen, start } from "./live.js";
import { here, link } from "./router.js";
import { actingRoles, applyTheme, remember, theme } from "./prefs.js";
import { ago, duration } from "./format.js";
import { icon } from "./components/icons.js";
import { iconButton, problem } from "./components/ui.js";
import { ask } from "./components/dialog.js";

const NAMES = {
  overview: "Overview", files: "Files", moves: "Moves", stream: "Stream", decisions: "Decisions",
  consistency: "Consistency", costs: "Costs", audit: "Audit", simulator: "Simulator",
};
const THEMES = { auto: "light", light: "dark", dark: "auto" };
const root = document.getElementById("app");

let current = null;
let name = null;
let broken = null;
let menu = false;
let drawing = false;
let build = null;
let outdated = false;

function update() {
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(draw);
    // A tab in the background has no frames, and still must not fall behind for ever.
    if (document.hidden) setTimeout(draw, 1000);
  }
}

function draw() {
  if (!drawing) return;
  drawing = false;
  document.documentElement.dataset.live = live.status;
  render(shell(), root);
}

async function route() {
  const { page, params } = here();
  menu = false;
  if (page !== name) {
    name = page;
    current?.stop?.();
    current = null;
    broken = null;
    document.title = NAMES[page] + " – MovingData";
    update();
    try {
      const module = await import("./pages/" + page + ".js");
      if (name !== page) return;
      current = module.default({ update, params: here().params });
    } catch (failure) {
      broken = failure;
    }
    document.getElementById("main")?.scrollTo(0, 0);
  } else {
    current?.params?.(params);
  }
  update();
}

/** What the stream says of itself; nothing looks well while nobody knows. */
function liveness() {
  if (live.status === "live") return html`<span class="live live-on" role="status"><span class="dot"></span>Live</span>`;
  if (live.status === "connecting") return html`<span class="live" role="status"><span class="dot"></span>Connecting</span>`;
  return html`<span class="live live-off" role="status"><span class="dot"></span>Not live<span class="wide-only"> · as of ${ago(live.heard || null)}</span></span>`;
}

function banner() {
  if (live.status === "gone") {
    return html`<div class="banner bad" role="alert"><strong>The live connection is lost.</strong>
      What you see is ${live.heard ? duration((Date.now() - live.heard) / 1000) + " old" : "not known"}. Reconnecting by itself.</div>`;
  }
  if (outdated) {
    return html`<div class="banner"><span>The dashboard was updated.</span> <button class="button small" type="button" @click=${() => location.reload()}>Reload</button></div>`;
  }
  return nothing;
}

async function chooseRoles() {
  const values = await ask({
    title: "On whose behalf",
    confirm: "Use these roles",
    body: html`<p>Requests name these roles, and every location checks them. Leave it empty to act as the system.</p>
      <label class="field"><span>Roles, separated by commas</span>
      <input name="roles" .value=${actingRoles().join(", ")} autocomplete="off" spellcheck="false" placeholder="engineering"></label>`,
  });
  if (values) {
    remember("roles", values.roles.split(",").map((r) => r.trim()).filter(Boolean));
    update();
  }
}

function shell() {
  const alerts = live.health?.alerts?.filter((a) => a.state === "active").length ?? 0;
  const roles = actingRoles();
  return html`
    <a class="skip" href="#main" @click=${(e) => { e.preventDefault(); document.getElementById("main").focus(); }}>Skip to the content</a>
    <div class="frame ${menu ? "menu-open" : ""}">
      <aside class="side">
        <a class="brand" href=${link("overview")}><span class="brand-mark">${icon("moves")}</span>MovingData</a>
        <nav id="navigation" aria-label="Pages">
          ${Object.entries(NAMES).map(([id, text]) => html`<a href=${link(id)} class=${id === name ? "on" : ""} aria-current=${id === name ? "page" : nothing}>
            ${icon(id)}<span>${text}</span>${id === "overview" && alerts ? html`<span class="count" aria-label="${alerts} active alerts">${alerts}</span>` : nothing}</a>`)}
        </nav>
        <div class="side-foot"><a href="/docs">${icon("book")}<span>API document</span></a>
          ${live.health ? html`<span class="version">Version ${live.health.version}</span>` : nothing}</div>
      </aside>
      <div class="veil" @click=${() => { menu = false; update(); }}></div>
      <header class="top">
        <button type="button" class="icon-button menu-button" aria-label="Menu" aria-expanded=${menu} aria-controls="navigation" @click=${() => { menu = !menu; update(); }}>${icon("menu")}</button>
        <h1>${NAMES[name] ?? ""}</h1>
        <div class="top-end">
          ${liveness()}
          <button type="button" class="button quiet" @click=${chooseRoles} aria-label="On whose behalf: ${roles.join(", ") || "system"}">${icon("user")}<span class="wide-only">${roles.join(", ") || "system"}</span></button>
          ${iconButton({ auto: "auto", light: "sun", dark: "moon" }[theme()], "Theme: " + theme(), () => { applyTheme(THEMES[theme()]); update(); })}
        </div>
      </header>
      <main id="main" tabindex="-1">
        ${banner()}
        ${broken ? problem(broken, () => location.reload()) : current ? current.view() : html`<div class="skeleton" role="status"><span class="hidden">Loading</span></div>`}
      </main>
    </div>`;
}

/** Whether the gateway serves another build than the one that runs here. */
async function lookForUpdate() {
  try {
    const etag = (await fetch("/", { method: "HEAD", cache: "no-store" })).headers.get("ETag");
    outdated = build !== null && etag !== build;
    build ??= etag;
  } catch {
    // It is asked again with the next connection.
  }
}

let was = null;
listen((topics) => {
  if (live.status !== was) {
    was = live.status;
    if (was === "live") lookForUpdate().then(update);
  }
  current?.live?.(topics);
  update();
});
addEventListener("hashchange", route);
addEventListener("themechange", update);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => applyTheme());
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && menu) {
    menu = false;
    update();
  }
});
root.replaceChildren();
applyTheme();
route();
start();
