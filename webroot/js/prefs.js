/** What this browser remembers: theme, columns, on whose behalf requests are made. */
const PREFIX = "movingdata.";

export function remembered(name, otherwise) {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? otherwise : JSON.parse(text);
  } catch {
    return otherwise;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing still shows everything.
  }
}

/** auto, light or dark. */
export function theme() {
  return remembered("theme", "auto");
}

export function dark() {
  const chosen = theme();
  return chosen === "dark" || (chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
}

export function applyTheme(chosen = theme()) {
  remember("theme", chosen);
  document.documentElement.dataset.theme = dark() ? "dark" : "light";
  dispatchEvent(new Event("themechange"));
}

/** Roles that requests name; empty for the gateway's default. */
export function actingRoles() {
  return remembered("roles", []);
}
