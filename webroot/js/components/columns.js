/** The columns that the table of files can have. */
import { html } from "../lib.js";
import { at, bytes, number, percent, source, usd } from "../format.js";
import { link } from "../router.js";
import { state, tier, time } from "./ui.js";

/** id, head, cell, and how the gateway sorts by it where it can. */
export const COLUMNS = [
  { id: "size", head: "Size", right: true, sort: "size", cell: (f) => bytes(f.size_bytes), on: true },
  { id: "tier", head: "Tier", cell: (f) => tier(f.current_tier), on: true },
  { id: "location", head: "Location", cell: (f) => f.current_location, on: true },
  { id: "region", head: "Region", cell: (f) => f.cloud_region },
  { id: "copies", head: "Copies", cell: (f) => f.replicas.map((r) => r.location).join(", "), on: true },
  { id: "state", head: "State", cell: (f) => (f.sync_state === "in_sync" ? state("good", "Intact") : state("bad", "Damaged")), on: true },
  { id: "policy", head: "Roles", cell: (f) => f.security_policy?.access_control?.allowed_roles?.join(", ") },
  { id: "key", head: "Key", cell: (f) => html`<code>${f.security_policy?.encryption?.key_id?.slice(0, 8)}</code>` },
  { id: "cost", head: "Cost a month", right: true, cell: (f) => usd(f.estimated_monthly_cost), on: true },
  { id: "belongs", head: "Belongs to", cell: (f) => tier(f.predicted_tier), on: true },
  { id: "confidence", head: "Confidence", right: true, cell: (f) => percent(f.prediction_confidence), on: true },
  { id: "source", head: "Decided by", cell: (f) => source(f.prediction_source) },
  { id: "use", head: "Uses a day", right: true, cell: (f) => number(f.access_freq_per_day, 1), on: true },
  { id: "latency", head: "Latency wanted", right: true, cell: (f) => (f.latency_sla_ms === null ? "–" : number(f.latency_sla_ms, 0) + " ms") },
  { id: "access", head: "Last use", cell: (f) => time(f.last_access_ts) },
  { id: "moved", head: "Last move", cell: (f) => time(f.last_moved_at) },
  { id: "updated", head: "Changed", sort: "updated", cell: (f) => html`<time datetime=${f.updated_at} title=${at(f.updated_at)}>${time(f.updated_at)}</time>` },
];

export const nameCell = (file, params) => html`<a href=${link("files", { ...params, file: file.id })}>${file.id}</a>`;
