/** What people do to files and moves: asked once where it matters, with its result shown. */
import { html } from "./lib.js";
import { content, contentPath, get, page, post, Problem, query, remove } from "./api.js";
import { ask } from "./components/dialog.js";
import { field, options, state } from "./components/ui.js";
import { actingRoles } from "./prefs.js";
import { attempt, failed, told } from "./components/toasts.js";
import { bytes, count, duration, usd } from "./format.js";

const optionOf = (location) => [location.id, location.id + " – " + location.tier + ", " + location.cloud_region];

/** Loads the sample files. */
export function seed() {
  return attempt(() => post("/seed"), (r) => [
    count(r.seeded) + " sample files loaded",
    r.present ? count(r.present) + " were there already" : "",
  ]);
}

export async function moveFile(file, locations, target) {
  const values = await ask({
    title: "Move " + file.id,
    confirm: "Move",
    body: html`<p>${bytes(file.size_bytes)} leave ${file.current_location}. Readers are served all the while; the old copy goes once the new one is verified.</p>
      ${field("To", html`<select name="target">${options(locations.filter((l) => l.id !== file.current_location).map(optionOf), target)}</select>`)}`,
  });
  if (!values) return null;
  return attempt(
    () => post("/move", { file_id: file.id, target: values.target }, { Prefer: "wait=5" }),
    (r) => (r.moved ? [file.id + " is at " + r.to] : [file.id + " is on its way to " + values.target, "Its progress is on the page Moves."])
  );
}

export async function copyFile(file, locations) {
  const there = new Set(file.replicas.map((r) => r.location));
  const free = locations.filter((l) => !there.has(l.id));
  if (!free.length) return told(file.id + " has a copy at every location");
  const values = await ask({
    title: "Copy " + file.id,
    confirm: "Copy",
    body: html`<p>A further copy costs storage there, and egress once from ${file.current_location}.</p>
      ${field("To", html`<select name="target">${options(free.map(optionOf))}</select>`)}`,
  });
  if (!values) return null;
  return attempt(
    () => post("/replicas/" + encodeURIComponent(file.id), { targets: [values.target] }, { Prefer: "wait=5" }),
    file.id + " is copied to " + values.target
  );
}

export async function dropCopy(file, location) {
  const values = await ask({
    title: "Remove the copy at " + location,
    confirm: "Remove",
    danger: true,
    body: html`<p>${file.id} stays at ${file.current_location}.</p>`,
  });
  return values && attempt(() => remove("/replicas/" + encodeURIComponent(file.id) + "/" + encodeURIComponent(location)), "The copy at " + location + " is removed");
}

/** {@code begins} is called once it is confirmed: whoever shows the file shall not ask for it any more. */
export async function deleteFile(file, begins) {
  const values = await ask({
    title: "Delete " + file.id,
    confirm: "Delete",
    danger: true,
    body: html`<p>All ${file.replicas.length === 1 ? "of it" : file.replicas.length + " copies"}, ${bytes(file.size_bytes)}. This cannot be undone.</p>`,
  });
  return values && attempt(async () => {
    begins();
    await remove(contentPath(file.id));
    return true;
  }, file.id + " is deleted");
}

/** From this size on a download is written to the disk as it comes, where the browser can do that, bytes. */
const LARGE = 64 * 1024 * 1024;

/**
 * Downloads on behalf of the chosen roles. A link would go out without them, and an address that
 * named them would leave them in histories and logs; so the content is fetched with the header.
 */
export function downloadFile(event, file) {
  if (!actingRoles().length) {
    told("The download of " + file.id + " has begun");
    return;
  }
  event.preventDefault();
  attempt(() => fetched(file), (done) => done && file.id + " is downloaded");
}

async function fetched(file) {
  const name = file.id.split("/").pop();
  let to = null;
  if (file.size_bytes >= LARGE && window.showSaveFilePicker) {
    to = await window.showSaveFilePicker({ suggestedName: name }).catch(() => null);
    if (!to) return false;
  }
  told("The download of " + file.id + " has begun");
  const answer = await content(file.id);
  if (to) {
    await answer.body.pipeTo(await to.createWritable());
    return true;
  }
  const url = URL.createObjectURL(await answer.blob());
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return true;
}

/** Reads every copy back and compares it; repairs what is damaged. */
export async function verifyFile(file) {
  const result = await attempt(() => post("/consistency/resync", { file_ids: [file.id], deep: true }));
  if (result?.failed?.length) {
    failed(new Problem(file.id + " could not be verified everywhere", { detail: result.failed.map((f) => (f.location ? f.location + ": " : "") + f.reason).join("; ") }));
  } else if (result) {
    told("Every copy of " + file.id + " is intact", result.repaired ? count(result.repaired) + " repaired" : "");
  }
  return result;
}

export async function cancelMove(move) {
  const values = await ask({ title: "Cancel the move of " + move.file_id, confirm: "Cancel the move", danger: true, body: html`<p>It stays at ${move.from}; what was copied is removed.</p>` });
  return values && attempt(() => post("/moves/" + encodeURIComponent(move.move_id) + "/cancel"), "The move of " + move.file_id + " is being cancelled");
}

export function retryMove(move) {
  return attempt(() => tryAgain(move), "The move of " + move.file_id + " is tried again");
}

const AT_ONCE = 4;

/** Does something to each of many things, a few at a time; what was refused. */
async function each(things, act) {
  const refused = [];
  const rest = things.values();
  const lane = async () => {
    for (const thing of rest) await act(thing).catch((error) => refused.push(error));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return refused;
}

function outcome(refused, all, done, not) {
  if (refused.length) failed(new Problem(count(refused.length) + " of " + count(all) + not, { detail: refused[0].detail || refused[0].message }));
  else told(count(all) + done);
}

const tryAgain = (move) => post("/moves/" + encodeURIComponent(move.move_id) + "/retry");

/** Everything that is stuck goes on; what is refused is counted and told. */
export async function retryStuck() {
  const stuck = await attempt(everyStuck);
  if (!stuck) return null;
  if (!stuck.length) return told("Nothing is stuck any more");
  const values = await ask({
    title: "Try " + count(stuck.length) + " moves again",
    confirm: "Try again",
    body: html`<p>Each begins anew. Where the reason is still there, it will be stuck again.</p>
      <ul>${reasons(stuck).map(([why, times]) => html`<li>${count(times)} × ${why}</li>`)}</ul>`,
  });
  return values && outcome(await each(stuck, tryAgain), stuck.length, " moves are tried again", " moves could not be tried again");
}

async function everyStuck() {
  const all = [];
  let cursor = null;
  do {
    const found = await page("/moves" + query({ state: "stuck", limit: 200, cursor }));
    all.push(...found.items);
    cursor = found.next;
  } while (cursor);
  return all;
}

/** Why they are stuck, the most frequent kinds of failure first. */
function reasons(stuck) {
  const times = new Map();
  for (const move of stuck) {
    const why = (move.error || "unknown").split(":", 1)[0].replaceAll("-", " ");
    times.set(why, (times.get(why) || 0) + 1);
  }
  return [...times].sort((one, other) => other[1] - one[1]);
}

export async function cancelJob(job) {
  const values = await ask({ title: "Cancel this bulk move", confirm: "Cancel it", danger: true, body: html`<p>${count(job.done)} of ${count(job.total)} files are done and stay where they are now. The others stay where they were.</p>` });
  return values && attempt(() => post("/moves/jobs/" + encodeURIComponent(job.job_id) + "/cancel"), "The bulk move is being cancelled");
}

const seen = (alert) => post("/alerts/" + encodeURIComponent(alert.id) + "/ack");

export function acknowledge(alert) {
  return attempt(() => seen(alert), "Acknowledged");
}

export async function acknowledgeAll(alerts) {
  outcome(await each(alerts, seen), alerts.length, " alerts are acknowledged", " alerts could not be acknowledged");
}

/** Plans many moves, shows what they mean, and starts them when told to. */
export async function bulkMove(selector, target, extra = {}) {
  const plan = await attempt(() => post("/moves", { selector, target, dry_run: true, ...extra }));
  if (!plan) return null;
  const what = extra.replicate ? "Copy" : "Move";
  if (!plan.count) return told("No file needs to go", "All that were chosen are at " + target + " already, or under way.");
  const values = await ask({
    title: what + " " + count(plan.count) + " files to " + target,
    confirm: what,
    body: html`<dl class="facts">
      <div><dt>Files</dt><dd>${count(plan.count)}</dd></div>
      <div><dt>Data</dt><dd>${bytes(plan.bytes)}</dd></div>
      <div><dt>Transfer cost</dt><dd>${usd(plan.egress_cost_usd)}</dd></div>
      <div><dt>Left out</dt><dd>${count(plan.skipped)}, there or under way</dd></div>
      <div><dt>Takes about</dt><dd>${duration(Math.ceil(plan.estimated_seconds))}</dd></div></dl>`,
  });
  return values && attempt(() => post("/moves", { selector, target, ...extra }), "The bulk move has begun");
}

/** Stores, reads back and deletes a small object at every location, and says how each did. */
export async function testStorage() {
  const result = await attempt(() => post("/storage_test"));
  if (!result) return;
  await ask({
    title: "Test of the stores",
    confirm: "Close",
    wide: true,
    body: html`<p>A small encrypted object was stored, read back and deleted at every location.</p><div class="scroll"><table><thead><tr><th scope="col">Location</th><th scope="col">Result</th><th scope="col" class="right">Store</th><th scope="col" class="right">Read</th><th scope="col" class="right">Delete</th></tr></thead><tbody>
      ${Object.entries(result).map(([id, r]) => html`<tr><td>${id}</td><td>${state(r.ok ? "good" : "bad", r.ok ? "Fine" : "Failed")}${r.error ? html`<div class="note">${r.error}</div>` : ""}</td>${["put_ms", "get_ms", "delete_ms"].map((n) => html`<td class="right">${r[n] === undefined || r[n] === null ? "–" : Math.round(r[n]) + " ms"}</td>`)}</tr>`)}</tbody></table></div>`,
  });
}

export const locations = () => get("/locations");
