/** Requests to the gateway; every failure becomes a Problem that can be shown. */
import { actingRoles } from "./prefs.js";

export class Problem extends Error {
  constructor(title, { detail, status = 0, code, traceId, errors = [] } = {}) {
    super(title);
    Object.assign(this, { detail, status, code, traceId, errors });
  }

  /** Nothing is behind this path in this installation, or it is away now. */
  get absent() {
    return this.status === 404 || this.status === 503;
  }
}

async function problemOf(answer) {
  const body = await answer.json().catch(() => ({}));
  return new Problem(body.title || answer.statusText || "The request failed", {
    detail: body.detail,
    status: answer.status,
    code: body.code,
    traceId: body.trace_id || answer.headers.get("X-Request-Id"),
    errors: body.errors,
  });
}

function headersFor(more) {
  const headers = { Accept: "application/json", ...more };
  const roles = actingRoles();
  if (roles.length) headers["X-Principal-Roles"] = roles.join(",");
  return headers;
}

async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { ...options, headers: headersFor(options.headers) });
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new Problem("The gateway cannot be reached", { detail: "Nothing answered. It is tried again with the next request." });
  }
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

export async function get(path) {
  return (await ask(path)).json();
}

/** A page of a list: its items, how many there are in all, and the cursor of the next. */
export async function page(path) {
  const answer = await ask(path);
  const items = await answer.json();
  const next = /<([^>]+)>; *rel="next"/.exec(answer.headers.get("Link") || "");
  const total = answer.headers.get("X-Total-Count");
  return {
    items,
    total: total === null ? null : Number(total),
    next: next ? new URLSearchParams(next[1].split("?")[1]).get("cursor") : null,
  };
}

let paths = null;

/** Whether this gateway has a path at all. */
export async function offers(path) {
  paths ??= get("/openapi.json").then((document) => document.paths);
  return path in (await paths);
}

export async function send(method, path, body, more = {}) {
  const headers = { ...more };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method === "POST") headers["Idempotency-Key"] = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  const answer = await ask(path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}

export const post = (path, body = {}, more) => send("POST", path, body, more);
export const put = (path, body) => send("PUT", path, body);
export const remove = (path) => send("DELETE", path);

export const filePath = (id) => "/files/" + encodeURIComponent(id);
export const contentPath = (id) => filePath(id) + "/content";

/** A file's content, as an answer whose body is still to be read. */
export const content = (id) => ask(contentPath(id), { headers: { Accept: "*/*" } });

export function query(params) {
  const kept = Object.entries(params).filter(([, v]) => v !== undefined && v !== null && v !== "");
  return kept.length ? "?" + new URLSearchParams(kept) : "";
}

/** Uploads with progress; answers with the file, or fails with a Problem. */
export function upload(id, blob, place, progress, signal) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("PUT", contentPath(id) + query({ location: place }));
    Object.entries(headersFor({ "Content-Type": blob.type || "application/octet-stream" }))
      .forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = (event) => progress(event.loaded, event.total);
    request.onerror = () => failed(new Problem("The upload broke off", { detail: "The connection was lost." }));
    request.onabort = () => failed(new Problem("The upload was cancelled"));
    request.onload = () => {
      const body = safely(request.responseText);
      if (request.status < 300) done(body);
      else failed(new Problem(body.title || "The upload failed", { ...body, traceId: body.trace_id }));
    };
    signal?.addEventListener("abort", () => request.abort());
    request.send(blob);
  });
}

function safely(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
