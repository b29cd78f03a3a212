"use strict";

const $ = (id) => document.getElementById(id);
const state = { locations: [], next: null, moves: new Map(), reload: 0 };

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function say(text, fine) {
  $("message").textContent = text;
  $("message").className = fine ? "fine" : "";
}

async function ask(path, options) {
  const answer = await fetch(path, options);
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Error((problem.title || answer.statusText) + (problem.detail ? ": " + problem.detail : ""));
  }
  return answer;
}

async function attempt(work) {
  try {
    await work();
  } catch (failure) {
    say(failure.message);
  }
}

function bytes(count) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  while (count >= 1024 && unit < units.length - 1) {
    count /= 1024;
    unit++;
  }
  return (unit === 0 ? count : count.toFixed(1)) + " " + units[unit];
}

const contentPath = (id) => "/files/" + encodeURIComponent(id) + "/content";

function locationSelect(select, except) {
  for (const location of state.locations) {
    if (location.id !== except) {
      const option = element("option", location.id + " (" + location.tier + ")");
      option.value = location.id;
      select.append(option);
    }
  }
}

function row(file) {
  const tr = element("tr");
  tr.append(element("td", file.id));
  tr.append(element("td", bytes(file.size_bytes), "number"));
  tr.append(element("td", file.current_location + " · " + (file.current_tier || "?")));
  tr.append(element("td", file.replicas.map((r) => r.location).join(", ")));
  tr.append(element("td", new Date(file.updated_at).toLocaleString()));
  const acts = element("td", undefined, "acts");
  const target = element("select");
  target.setAttribute("aria-label", "Where to move " + file.id);
  locationSelect(target, file.current_location);
  const move = element("button", "Move");
  move.addEventListener("click", () => attempt(() => moveFile(file.id, target.value)));
  const download = element("a", "Download");
  download.href = contentPath(file.id);
  const remove = element("button", "Delete");
  remove.addEventListener("click", () => attempt(() => removeFile(file.id)));
  acts.append(target, move, download, remove);
  tr.append(acts);
  return tr;
}

async function loadFiles(path) {
  const answer = await ask(path || "/files?" + query());
  const files = await answer.json();
  $("total").textContent = "(" + answer.headers.get("X-Total-Count") + ")";
  const link = /<([^>]+)>; rel="next"/.exec(answer.headers.get("Link") || "");
  state.next = link ? link[1] : null;
  $("more").hidden = !state.next;
  const rows = files.map(row);
  if (path) {
    $("rows").append(...rows);
  } else {
    $("rows").replaceChildren(...rows);
  }
}

function query() {
  const given = new FormData($("filter"));
  const wanted = new URLSearchParams({ limit: "50", sort: "-updated" });
  for (const name of ["q", "location"]) {
    if (given.get(name)) wanted.set(name, given.get(name));
  }
  return wanted.toString();
}

/** Many events in a row mean one new look. */
function reloadSoon() {
  clearTimeout(state.reload);
  state.reload = setTimeout(() => attempt(() => loadFiles()), 400);
}

async function moveFile(id, target) {
  say("moving " + id + " …", true);
  const answer = await ask("/move", {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
    body: JSON.stringify({ file_id: id, target }),
  });
  const outcome = await answer.json();
  say(answer.status === 202 ? id + " is on its way" : id + " is at " + outcome.to, true);
  reloadSoon();
}

async function removeFile(id) {
  if (confirm("Delete " + id + " with every copy?")) {
    await ask(contentPath(id), { method: "DELETE" });
    say("deleted " + id, true);
    reloadSoon();
  }
}

async function upload(form) {
  const given = new FormData(form);
  for (const file of given.getAll("file")) {
    say("sending " + file.name + " …", true);
    await ask(contentPath(file.name) + "?location=" + encodeURIComponent(given.get("location")), {
      method: "PUT",
      headers: { "Content-Type": file.type || "application/octet-stream" },
      body: file,
    });
    say("stored " + file.name, true);
  }
  form.reset();
  reloadSoon();
}

function showHealth(health) {
  const items = [["system " + health.status, { ok: "good", degraded: "warn", down: "bad" }[health.status]]];
  items.push(["catalog", health.mongo.connected ? "good" : "bad"]);
  for (const [id, location] of Object.entries(health.storage)) {
    const latency = location.reachable ? " " + location.latency_ms + " ms" : " away";
    items.push([id + latency, location.reachable ? "good" : "bad"]);
  }
  items.push([health.nodes.length + " node" + (health.nodes.length === 1 ? "" : "s"), "good"]);
  $("health").replaceChildren(...items.map(([text, mark]) => element("li", text, mark)));
}

function showMove(move) {
  const known = state.moves.get(move.move_id);
  const li = element("li");
  li.append(element("span", move.file_id), element("span", move.from + " → " + move.to));
  li.append(element("span", move.state.replace("_", " ")));
  const bar = element("progress");
  bar.max = 100;
  bar.value = ["committed", "done"].includes(move.state) ? 100 : move.percent;
  bar.setAttribute("aria-label", "progress of " + move.file_id);
  if (move.error) bar.title = move.error;
  li.append(bar);
  if (known) {
    known.replaceWith(li);
  } else {
    $("moves").prepend(li);
  }
  state.moves.set(move.move_id, li);
  while (state.moves.size > 30) {
    const [oldest, item] = state.moves.entries().next().value;
    item.remove();
    state.moves.delete(oldest);
  }
}

async function loadMoves() {
  const moves = await (await ask("/moves?limit=20")).json();
  moves.reverse().forEach(showMove);
}

function listen() {
  const events = new EventSource("/events?topics=move,file,health");
  events.onopen = () => { $("live").textContent = "live"; };
  events.onerror = () => { $("live").textContent = "reconnecting…"; };
  events.addEventListener("move", (event) => showMove(JSON.parse(event.data)));
  events.addEventListener("file", reloadSoon);
  events.addEventListener("health", (event) => showHealth(JSON.parse(event.data)));
  events.addEventListener("snapshot", () => attempt(lookAnew));
}

async function lookAnew() {
  showHealth(await (await ask("/health")).json());
  await loadMoves();
  await loadFiles();
}

async function start() {
  state.locations = await (await ask("/locations")).json();
  document.querySelectorAll("form select[name=location]").forEach((select) => locationSelect(select));
  await lookAnew();
}

$("filter").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(() => loadFiles());
});
$("upload").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(() => upload(event.target));
});
$("more").addEventListener("click", () => attempt(() => loadFiles(state.next)));
$("seed").addEventListener("click", () =>
  attempt(async () => {
    const outcome = await (await ask("/seed", { method: "POST" })).json();
    say(outcome.seeded + " seed files loaded, " + outcome.present + " were there", true);
    reloadSoon();
  }));
setInterval(() => ask("/health").then((a) => a.json()).then(showHealth).catch(() => {}), 15000);
attempt(start);
listen();
