/** One move that is under way, with its progress. */
import { html, nothing } from "../lib.js";
import { link } from "../router.js";
import { bytes, duration, rate, words } from "../format.js";
import { progress, state, time } from "./ui.js";
import { cancelMove, retryMove } from "../actions.js";

export const ENDED = new Set(["done", "aborted", "committed"]);
const TONES = { stuck: "bad", retry_wait: "warn", aborting: "warn", aborted: "warn", done: "good", committed: "good" };
const TEXTS = { retry_wait: "Waiting to try again", planned: "Queued", aborted: "Cancelled", aborting: "Cancelling", committed: "Done, old copy kept for now" };

export const moveState = (move) => state(TONES[move.state] || "busy", TEXTS[move.state] || words(move.state), move.error);

/** What the catalog said, brought up to what was heard since. */
export function merged(moves, heard) {
  return moves.map((move) => ({ ...move, ...(heard.get(move.move_id) || {}) }));
}

export function moveRow(move, changed, { actions = true } = {}) {
  const stuck = move.state === "stuck";
  const percent = ENDED.has(move.state) ? 100 : move.percent || 0;
  return html`<li class="move">
    <div class="move-name"><a href=${link("files", { file: move.file_id })}>${move.file_id}</a>
      <span class="note">${move.kind === "copy" ? "copy" : "move"} ${move.from} → ${move.to}${move.priority !== undefined && move.priority !== 3 ? " · priority " + move.priority : ""}</span></div>
    <div class="move-state">${moveState(move)}${move.error ? html`<span class="note">${move.error}</span>` : nothing}</div>
    <div class="move-bar">${progress(percent, "Progress of " + move.file_id)}
      <span class="note num">${bytes(move.bytes_done)} of ${bytes(move.bytes_total)}${move.rate > 0 ? " · " + rate(move.rate) : ""}${move.eta_s > 0 ? " · " + duration(move.eta_s) + " left" : ""}${move.next_attempt_at && move.state === "retry_wait" ? html` · again ${time(move.next_attempt_at)}` : nothing}</span></div>
    ${actions ? html`<div class="move-acts">
      ${stuck || move.state === "retry_wait" ? html`<button type="button" class="button small" @click=${() => retryMove(move).then(changed)}>Retry</button>` : nothing}
      ${ENDED.has(move.state) || move.state === "aborting" ? nothing : html`<button type="button" class="button small" @click=${() => cancelMove(move).then(changed)}>Cancel</button>`}</div>` : nothing}
  </li>`;
}
