/** Numbers, times and names as people read them. */
const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const compactNumber = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });

export const NONE = "–";

const missing = (value) => value === null || value === undefined || Number.isNaN(value);

export function bytes(count) {
  if (missing(count)) return NONE;
  let unit = 0;
  let value = count;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return (unit === 0 || value >= 100 ? whole.format(value) : value.toFixed(1)) + " " + UNITS[unit];
}

export const rate = (perSecond) => (perSecond > 0 ? bytes(perSecond) + "/s" : NONE);

export function count(value) {
  return missing(value) ? NONE : whole.format(value);
}

export function short(value) {
  if (missing(value)) return NONE;
  return Math.abs(value) < 10000 ? whole.format(value) : compactNumber.format(value);
}

/** Money in US dollars; small amounts keep two figures that say something. */
export function usd(value) {
  if (missing(value)) return NONE;
  const size = Math.abs(value);
  if (size === 0) return "$0.00";
  if (value < 0) return "−" + usd(size);
  if (size >= 1000) return "$" + whole.format(value);
  if (size >= 0.01) return "$" + value.toFixed(2);
  if (size < 0.000001) return "< $0.000001";
  return "$" + value.toFixed(Math.min(7, 1 - Math.floor(Math.log10(size))));
}

/** Money where nobody counts less than a cent. */
export const cents = (value) => (value > 0 && value < 0.01 ? "< $0.01" : usd(value));

/** What a move brings: savings, or what it costs more. */
export const brings = (d) =>
  (d.savings_per_month < 0 ? usd(-d.savings_per_month) + " more a month" : usd(d.savings_per_month) + " saved a month") + ", " + usd(d.move_cost) + " once for the move";

/** A price: as many figures as it has. */
export const price = (value) => (missing(value) ? NONE : "$" + new Intl.NumberFormat("en", { minimumFractionDigits: 3, maximumFractionDigits: 5 }).format(value));

/** The gateway's words, with its times in the viewer's zone. */
export const plain = (text) => String(text).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) => at(time));

export function number(value, digits = 2) {
  if (missing(value)) return NONE;
  return new Intl.NumberFormat("en", { maximumFractionDigits: digits }).format(value);
}

export function percent(share, digits = 0) {
  return missing(share) ? NONE : (share * 100).toFixed(digits) + " %";
}

export function duration(seconds) {
  if (missing(seconds)) return NONE;
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return s + " s";
  if (s < 3600) return Math.floor(s / 60) + " min" + (s < 600 && s % 60 ? " " + (s % 60) + " s" : "");
  if (s < 86400) return Math.floor(s / 3600) + " h " + Math.floor((s % 3600) / 60) + " min";
  return Math.floor(s / 86400) + " d " + Math.floor((s % 86400) / 3600) + " h";
}

export function ago(time, now = Date.now()) {
  if (!time) return NONE;
  const seconds = (now - new Date(time).getTime()) / 1000;
  if (seconds < -1) return "in " + duration(-seconds);
  return seconds < 1.5 ? "now" : duration(seconds) + " ago";
}

export const at = (time) => (time ? dateTime.format(new Date(time)) : NONE);
export const clockTime = (time) => (time ? clock.format(new Date(time)) : NONE);

/** high_temperature becomes "High temperature". */
export function words(name) {
  if (!name) return NONE;
  const text = String(name).replace(/[_.-]+/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Where a decision comes from, without its wire form. */
export function source(text) {
  if (!text) return NONE;
  if (text === "cost") return "cost";
  const [kind, rest] = text.split(":", 2);
  if (kind === "model") {
    const [version, type] = rest.split("/");
    return "model " + version + (type ? " (" + type.replace(/-/g, " ") + ")" : "");
  }
  return kind + " " + (rest || "").replace(/[_-]/g, " ");
}
