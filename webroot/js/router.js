/** Pages live behind the hash, so that their addresses never meet those of the API. */
export const PAGES = [
  "overview", "files", "moves", "stream", "decisions", "consistency", "costs", "audit", "simulator",
];

/** The page and its parameters that an address names. */
export function parse(hash) {
  const [path, query] = hash.replace(/^#\/?/, "").split("?", 2);
  const page = PAGES.includes(path) ? path : "overview";
  return { page, params: Object.fromEntries(new URLSearchParams(query || "")) };
}

/** The address of a page; empty parameters are left out. */
export function link(page, params = {}) {
  const kept = Object.entries(params).filter(([, v]) => v !== undefined && v !== null && v !== "");
  const query = new URLSearchParams(kept).toString();
  return "#/" + page + (query ? "?" + query : "");
}

export const here = () => parse(location.hash);

/** Changes parameters of the present page; what is null goes. */
export function go(changes, { replace = false } = {}) {
  const { page, params } = here();
  const address = link(page, { ...params, ...changes });
  if (address === location.hash) return;
  if (replace) {
    history.replaceState(null, "", address);
    dispatchEvent(new HashChangeEvent("hashchange"));
  } else {
    location.hash = address;
  }
}
